package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.BadInput;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.Graph;
import dev.kindling.validation.Score;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphLabelsTest {
  private static final Graph NODE = Graph.of(new int[1], new int[0], new int[0]);

  private static GraphLabels labels(GntkOptions.Labels as, String... labels) {
    MadeGraphs made =
        new MadeGraphs(Collections.nCopies(labels.length, NODE), Arrays.asList(labels));
    try (GraphSet set = GraphSets.of(made.frame(3), null);
        GraphBlocks blocks = GraphBlocks.of(set, false, 2)) {
      return GraphLabels.of(blocks, "set", as);
    }
  }

  @Test
  void fewWholeNumbersAreClassesInNumericOrder() {
    GraphLabels labels = labels(GntkOptions.Labels.auto, "10", "-1", "2", "10", "2", "-1");
    assertThat(labels.classes()).containsExactly("-1", "2", "10");
    assertThat(labels.classOf()).containsExactly(2, 0, 1, 2, 1, 0);
    assertThat(labels.targets().get(3, 2)).isEqualTo(1);
    assertThat(labels.targets().get(3, 0)).isZero();
    assertThat(labels.score()).isEqualTo(Score.ACCURACY);
    assertThat(labels.order()).containsExactly(1, 5, 2, 4, 0, 3);
  }

  @Test
  void moreClassesThanHalfTheGraphsAreNotGuessed() {
    assertThat(labels(GntkOptions.Labels.auto, "10", "-1", "2", "10").classes()).isEmpty();
    assertThatThrownBy(() -> labels(GntkOptions.Labels.auto, "b", "a", "c", "c"))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("set: 3 different labels of 4 graphs, as 'b' of graph graph 0")
        .hasMessageEndingWith("give labels classes");
    assertThat(labels(GntkOptions.Labels.classes, "b", "a", "c").classes()).hasSize(3);
  }

  @Test
  void oneLabelThatIsNoNumberDoesNotDecide() {
    for (String[] all : new String[][] {{"1.5", "2.5", "NA", "0"}, {"1", "0", "1", "0", "?"}}) {
      assertThatThrownBy(() -> labels(GntkOptions.Labels.auto, all))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining(", no finite number, and " + (all.length - 1) + " of ")
          .hasMessageContaining("mend it or leave the graph out");
    }
  }

  @Test
  void aFractionMakesThemNumbers() {
    GraphLabels labels = labels(GntkOptions.Labels.auto, "3", "1.5", "2");
    assertThat(labels.classes()).isEmpty();
    assertThat(labels.targets().get(1, 0)).isEqualTo(1.5);
    assertThat(labels.score()).isEqualTo(Score.RMSE);
    assertThat(labels.order()).containsExactly(1, 2, 0);
  }

  @Test
  void wholeNumbersCanBeToldToBeNumbersAndNumbersClasses() {
    assertThat(labels(GntkOptions.Labels.numbers, "1", "2").classes()).isEmpty();
    assertThat(labels(GntkOptions.Labels.classes, "1.5", "0.5").classes())
        .containsExactly("0.5", "1.5");
  }

  @Test
  void textIsClassesInItsOrder() {
    assertThat(labels(GntkOptions.Labels.auto, "b", "a", "b", "a").classes())
        .containsExactly("a", "b");
  }

  @Test
  void textCannotBeNumbers() {
    assertThatThrownBy(() -> labels(GntkOptions.Labels.numbers, "1", "active"))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "set: graph graph 1 has the label 'active', no finite number; give --labels classes to classify");
  }

  @Test
  void idsAndLabelsStandInTheOrderOfTheGraphs() {
    String[] many = new String[150];
    Arrays.setAll(many, i -> Integer.toString(i) + ".5");
    GraphLabels labels = labels(GntkOptions.Labels.auto, many);
    assertThat(labels.labels()).containsExactly(many);
    assertThat(labels.ids()[149]).isEqualTo("graph 149");
  }

  @Test
  void noLabelsAtAllAreNoneAndAMissingOneIsReported() {
    assertThat(labels(GntkOptions.Labels.auto, null, null)).isNull();
    assertThatThrownBy(() -> labels(GntkOptions.Labels.auto, "1", null))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("set: graph graph 1 has no label");
    assertThat(List.of(labels(GntkOptions.Labels.auto, "x").classes())).hasSize(1);
  }
}
