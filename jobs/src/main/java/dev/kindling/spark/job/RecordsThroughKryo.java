package dev.kindling.spark.job;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Sends records through Java's serialization where a user has chosen Kryo for {@code
 * spark.serializer}: Kryo 4 cannot set the fields of a record.
 */
public final class RecordsThroughKryo implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.addDefaultSerializer(Record.class, new JavaSerializer());
  }
}
