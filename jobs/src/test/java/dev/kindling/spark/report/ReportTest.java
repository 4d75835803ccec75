package dev.kindling.spark.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

  static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  static String withoutDoctype(String html) {
    return html.substring(html.indexOf('\n') + 1);
  }

  static Stream<String> plots() {
    return SVG.matcher(SamplePage.html()).results().map(MatchResult::group);
  }

  @ParameterizedTest
  @MethodSource("plots")
  void everyPlotIsWellFormedAndHasAName(String svg) throws Exception {
    Element root = parse(svg).getDocumentElement();
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("aria-label")).isNotBlank();
    assertThat(root.getFirstChild().getNodeName()).isEqualTo("title");
    assertThat(svg).doesNotContain("NaN", "Infinity", "∞");
  }

  @ParameterizedTest
  @MethodSource("plots")
  void everyTextStandsWithinItsPlot(String svg) throws Exception {
    Element root = parse(svg).getDocumentElement();
    String[] box = root.getAttribute("viewBox").split(" ", -1);
    NodeList texts = root.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (text.hasAttribute("x")) {
        double x = Double.parseDouble(text.getAttribute("x"));
        double width = text.getTextContent().length() * PlotFrame.CHARACTER;
        double before =
            switch (text.getAttribute("text-anchor")) {
              case "end" -> 1;
              case "middle" -> 0.5;
              default -> 0;
            };
        assertThat(x - before * width).as(text.getTextContent()).isGreaterThanOrEqualTo(-1);
        assertThat(x + (1 - before) * width)
            .as(text.getTextContent())
            .isLessThanOrEqualTo(Double.parseDouble(box[2]) + 1);
        assertThat(Double.parseDouble(text.getAttribute("y")))
            .isBetween(8.0, Double.parseDouble(box[3]));
      }
    }
  }

  @Test
  void thePageAsAWholeIsWellFormed() throws Exception {
    Document page = parse(withoutDoctype(SamplePage.html()));
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(11);
    assertThat(page.getElementsByTagName("table").getLength()).isEqualTo(2);
  }

  @Test
  void nothingIsFetched() {
    String page = SamplePage.html();
    assertThat(page).doesNotContainPattern("(src|href|action|data)\\s*=");
    assertThat(page).doesNotContain("url(", "@import", "<script", "<link", "<iframe");
  }

  @Test
  void whatUsersWriteIsText() throws Exception {
    String nasty = "</title><script>alert('&\"')</script>\u0000\uD800";
    Report report =
        Report.titled(nasty)
            .summary(nasty)
            .figure(nasty, nasty)
            .section(
                nasty,
                nasty,
                paragraph(nasty),
                Table.of(nasty, nasty).row(nasty),
                LinePlot.of(nasty, Axis.linear(nasty), Axis.linear(nasty))
                    .series(nasty, new double[] {1, 2}, new double[] {1, 2})
                    .mark(1, nasty),
                ScatterPlot.of(nasty, Axis.linear(nasty), Axis.linear(nasty))
                    .points(new double[] {1}, new double[] {1}, new String[] {nasty}),
                BarChart.of(nasty, Axis.linear(nasty)).bar(nasty, 1),
                HeatMap.of(nasty, nasty, new double[][] {{1}}).axes(nasty, nasty))
            .provenance(Map.of(nasty, nasty));
    String page = report.html();
    assertThat(page).doesNotContain("<script");
    assertThat(parse(withoutDoctype(page)).getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo("</title><script>alert('&\"')</script>\uFFFD\uFFFD");
  }

  private static dev.kindling.spark.report.Element paragraph(String text) {
    return dev.kindling.spark.report.Element.paragraph(text);
  }

  @Test
  void thePageDependsOnItsContentOnly() {
    String here = SamplePage.html();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(SamplePage.html()).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anEmptyPartIsASentence() {
    String page =
        Report.titled("Empty")
            .section(
                "All",
                "What was found.",
                LinePlot.of("a", Axis.log("x"), Axis.linear("y"))
                    .series("s", new double[] {-1}, new double[] {1}),
                ScatterPlot.of("b", Axis.linear("x"), Axis.linear("y")),
                HeatMap.of("c", "v", new double[][] {{Double.NaN}}),
                HeatMap.of("d", "v", new double[0][]),
                BarChart.of("e", Axis.linear("x")),
                Table.of("f", "column"))
            .html();
    assertThat(page).doesNotContain("<svg", "<table");
    assertThat(page.split("There is nothing to plot", -1)).hasSize(6);
    assertThat(page).contains("This table has no rows.");
  }

  @Test
  void pointsThatAreLeftOutAreCounted() {
    String page =
        Report.titled("t")
            .section(
                "s",
                "What was found.",
                LinePlot.of("a", Axis.linear("x"), Axis.log("y"))
                    .series("s", new double[] {1, 2, 3, 4}, new double[] {1, 0, Double.NaN, 5}))
            .html();
    assertThat(page).contains("2 points that have no place on these axes are left out.");
  }

  @Test
  void aBarWithoutAValueKeepsItsPlace() {
    String page =
        Report.titled("t")
            .section(
                "s",
                "What was found.",
                BarChart.of("b", Axis.log("Seconds")).bar("done", 3).bar("failed", Double.NaN))
            .html();
    assertThat(page).contains(">failed</text>", ">no value</text>");
  }

  @Test
  void aPeakSurvivesThinning() throws Exception {
    double[] x = new double[100_000];
    double[] y = new double[x.length];
    Arrays.setAll(x, i -> i);
    y[54_321] = 1;
    y[54_320] = Double.NaN;
    String page =
        Report.titled("t")
            .section(
                "s",
                "What was found.",
                LinePlot.of("a", Axis.linear("x"), Axis.linear("y")).series("p", x, y))
            .html();
    assertThat(page.length()).isLessThan(60_000);
    Matcher top = Pattern.compile("text x=\"[^\"]*\" y=\"([^\"]*)\"[^>]*>1.0<").matcher(page);
    assertThat(top.find()).isTrue();
    double height = Double.parseDouble(top.group(1)) - 4;
    assertThat(page).contains(" " + Markup.number(height) + "L");
  }

  @Test
  void thePackageNeedsNeitherSparkNorAWindowSystem() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.kindling.spark.report");
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache..", "scala..", "java.awt..", "javax.swing..")
        .check(classes);
  }

  @Test
  void lengthsThatDifferAreNamed() {
    LinePlot plot = LinePlot.of("a", Axis.linear("x"), Axis.linear("y"));
    assertThatThrownBy(() -> plot.series("loss", new double[3], new double[2]))
        .hasMessage("series loss has 3 x and 2 y");
    assertThatThrownBy(() -> Table.of("t", "a", "b").row(1))
        .hasMessage("table t has 2 columns, the row 1");
    assertThatThrownBy(() -> HeatMap.of("h", "v", new double[][] {{1}, {}}))
        .hasMessage("row 1 has 0 entries, row 0 has 1");
    assertThatThrownBy(() -> Axis.log("λ").covering(0, 1))
        .hasMessage("axis λ cannot cover 0.0 to 1.0");
  }
}
