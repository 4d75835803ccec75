package dev.kindling.spark.job;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.kindling.linalg.Blas;
import java.io.IOException;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * What Kindling has in every JVM of an application. On an executor: the BLAS of the driver, loaded
 * before anything else can load another, and a pulse. On the driver: what executors say, and the
 * run's figures in Spark's metrics.
 */
public final class KindlingPlugin implements SparkPlugin {
  /** Between two pulses of an executor. */
  private static final long PULSE_MILLIS = 5000;

  private static final String MODE = "blas";

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnDriver implements DriverPlugin {
    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
      Application.begin();
      return Map.of(MODE, Blas.choice().mode().name());
    }

    @Override
    public void registerMetrics(String applicationId, PluginContext plugin) {
      MetricRegistry metrics = plugin.metricRegistry();
      metrics.register("stage.tasks.done", (Gauge<Integer>) () -> Application.progress().done());
      metrics.register("stage.tasks.total", (Gauge<Integer>) () -> Application.progress().total());
      metrics.register(
          "stage.seconds", (Gauge<Double>) () -> Application.progress().stageSeconds());
      metrics.register("stages.ended", (Gauge<Integer>) () -> Application.progress().stagesEnded());
      metrics.register(
          "task.failures", (Gauge<Integer>) () -> Application.progress().taskFailures());
    }

    @Override
    public Object receive(Object message) {
      if (message instanceof ExecutorRecord executor) {
        Application.joined(executor);
      } else if (message instanceof Pulse pulse) {
        Application.pulse(pulse);
      }
      return null;
    }
  }

  private static final class OnExecutor implements ExecutorPlugin {
    private Timer pulses;

    @Override
    public void init(PluginContext plugin, Map<String, String> settings) {
      Blas.Choice blas = BlasContract.likeTheDriver(Blas.Mode.valueOf(settings.get(MODE)));
      if (plugin.conf().get("spark.master", "local").startsWith("local")) {
        // The driver's own JVM, whose pulse the watchdog takes itself.
        Application.joined(ExecutorRecord.of(plugin.executorID(), plugin.hostname(), blas));
        return;
      }
      // PluginContext.hostname fails on executors, which have no server for calls.
      String host = SparkEnv.get().blockManager().blockManagerId().host();
      send(plugin, ExecutorRecord.of(plugin.executorID(), host, blas));
      pulses = new Timer("kindling-pulse", true);
      TimerTask pulse =
          new TimerTask() {
            @Override
            public void run() {
              send(plugin, Pulse.ofThisJvm(plugin.executorID()));
            }
          };
      pulses.scheduleAtFixedRate(pulse, PULSE_MILLIS, PULSE_MILLIS);
    }

    /** A driver that does not hear is a driver that has gone; Spark itself ends the executor. */
    private static void send(PluginContext plugin, java.io.Serializable message) {
      try {
        plugin.send(message);
      } catch (IOException e) {
        throw new JobFailure("the driver cannot be told: " + e.getMessage(), e);
      }
    }

    @Override
    public void shutdown() {
      if (pulses != null) {
        pulses.cancel();
      }
    }
  }
}
