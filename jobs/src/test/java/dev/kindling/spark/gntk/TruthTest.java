package dev.kindling.spark.gntk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.RealData;
import dev.kindling.data.graph.GraphRecord;
import dev.kindling.data.graph.GraphSet;
import dev.kindling.data.graph.GraphSets;
import dev.kindling.gntk.ColorKernel;
import dev.kindling.gntk.GntkParameters;
import dev.kindling.gntk.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against Gram matrices of MUTAG by the authors' public implementation. */
class TruthTest {
  @ParameterizedTest
  @EnumSource(GntkParameters.Scale.class)
  void mutagIsAsTheAuthorsComputedIt(GntkParameters.Scale scale) throws IOException {
    String name = scale.name().toLowerCase(Locale.ROOT);
    Path truth = RealData.require("truth/mutag_1block_R2_" + name + "_jk.csv");
    String input = RealData.require("graphs_gin/MUTAG").toString();
    List<Graph> graphs;
    try (GraphSet set = GraphSets.read(LocalSpark.session(), input, null)) {
      graphs =
          set.records().collect().stream()
              .sorted(Comparator.comparingLong(GraphRecord::index))
              .map(GraphRecord::graph)
              .toList();
    }
    double[][] gram = ColorKernel.gram(graphs, new GntkParameters(1, 2, scale, true, 2));
    List<String> lines = Files.readAllLines(truth);
    assertThat(lines).hasSize(188);
    for (int i = 0; i < 188; i++) {
      String[] cells = lines.get(i).split(",");
      for (int j = 0; j < 188; j++) {
        assertThat(gram[i][j])
            .as("graphs %d and %d", i, j)
            .isCloseTo(Double.parseDouble(cells[j]), withinPercentage(1e-4)); // 1e-6 relative
      }
    }
  }
}
