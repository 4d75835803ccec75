package dev.kindling.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindling.block.FixedTree;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class RecordsThroughKryoTest {
  private static final FixedTree.Node<double[]> NODE =
      new FixedTree.Node<>(2, 3, new double[] {0.5, -1});

  @Test
  void aSessionOfOursSendsRecordsWhateverTheSerializer() {
    assertThat(copy(Sessions.conf("gntk"), NODE)).usingRecursiveComparison().isEqualTo(NODE);
    assertThat(copy(Sessions.conf("gntk"), new Tuple2<>(7, NODE))._2())
        .usingRecursiveComparison()
        .isEqualTo(NODE);
  }

  @Test
  void anotherRegistratorKeepsItsPlace() {
    System.setProperty("spark.kryo.registrator", "org.example.Theirs");
    try {
      assertThat(Sessions.conf("gntk").get("spark.kryo.registrator"))
          .isEqualTo("org.example.Theirs," + RecordsThroughKryo.class.getName());
    } finally {
      System.clearProperty("spark.kryo.registrator");
    }
  }

  @Test
  void kryoAloneStillCannot() {
    assertThatThrownBy(() -> copy(new SparkConf(false), NODE))
        .as("or the registrator can go")
        .isInstanceOf(Throwable.class);
  }

  private static <T> T copy(SparkConf conf, T value) {
    SerializerInstance kryo = new KryoSerializer(conf).newInstance();
    ClassTag<T> tag = ClassTag$.MODULE$.apply(value.getClass());
    return kryo.deserialize(kryo.serialize(value, tag), tag);
  }
}
