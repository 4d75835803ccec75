package dev.kindling.spark.train;

import dev.kindling.nn.Architecture;
import dev.kindling.optim.Groups;
import java.util.stream.IntStream;

/** Which weights share a learning rate. */
enum GroupBy {
  model,
  layer,
  coordinate;

  Groups of(Architecture architecture) {
    return switch (this) {
      case model -> Groups.model(architecture.weights());
      case layer ->
          Groups.of(
              IntStream.rangeClosed(0, architecture.layers()).map(architecture::first).toArray());
      case coordinate -> Groups.coordinates(architecture.weights());
    };
  }
}
