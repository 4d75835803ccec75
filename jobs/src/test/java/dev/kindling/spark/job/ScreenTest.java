package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
  @Test
  void whatSteersATerminalIsEscaped() {
    assertThat(Screen.shown("a\u001b[31mb\u0007\r\n\u202ec\u2028\u009b"))
        .isEqualTo("a\\u001b[31mb\\u0007\\u000d\\u000a\\u202ec\\u2028\\u009b");
    String tag = Character.toString(0xE0041);
    assertThat(Screen.shown(tag + "\ud800")).isEqualTo("\\udb40\\udc41\\ud800");
  }

  @Test
  void whatPeopleReadStaysAsItIs() {
    String text =
        "naïve ± × κ₀ 漢字 👍 \t"
            + IntStream.rangeClosed(' ', '~')
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    assertThat(Screen.shown(text)).isSameAs(text);
  }
}
