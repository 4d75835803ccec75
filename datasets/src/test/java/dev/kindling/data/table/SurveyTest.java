package dev.kindling.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindling.data.LocalSpark;
import dev.kindling.data.Rejected;
import java.util.List;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class SurveyTest {
  @Test
  void itTravelsThroughKryoToo() throws Exception {
    Survey survey = new Survey();
    Layout layout =
        Layout.of(new Columns("x", List.of("x", "y"), -1, -1), TableOptions.defaults().label("y"));
    TableRow row = new TableRow(layout);
    row.labelText = "cat";
    survey.add(row, true);
    row.labelText = null;
    row.labelNumber = 7;
    survey.add(row, true);
    survey.fail(new Rejected("so it is"));
    survey.end(3);

    SerializerInstance kryo =
        new KryoSerializer(LocalSpark.session().sparkContext().getConf()).newInstance();
    ClassTag<Survey> tag = ClassTag$.MODULE$.apply(Survey.class);
    Survey copy = kryo.deserialize(kryo.serialize(survey, tag), tag);
    assertThat(copy).usingRecursiveComparison().isEqualTo(survey);
    assertThat(copy.labels().size()).isEqualTo(2);
  }
}
