import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A consumer that has nothing of this project: Kafka's own client, with its defaults but for where it starts. It
 * prints its partitions after each rebalance, and each record it gets, until it is told to end.
 *
 * <p>Arguments: bootstrap servers, group, topic.
 */
public class OutsideConsumer {
  public static void main(String[] arguments) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", arguments[0],
            "group.id", arguments[1],
            "auto.offset.reset", "earliest");
    var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  consumer.wakeup();
                  join(main);
                }));
    try (consumer) {
      consumer.subscribe(List.of(arguments[2]), new PrintAssignment(consumer));
      while (true) {
        for (var each : consumer.poll(Duration.ofMillis(100))) {
          print("record", each.partition() + ":" + each.offset() + " " + each.value());
        }
      }
    } catch (WakeupException asked) {
      // Told to end: the consumer commits and leaves its group as it is closed.
    }
  }

  private record PrintAssignment(KafkaConsumer<?, ?> consumer) implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      var numbers = consumer.assignment().stream().map(TopicPartition::partition).sorted().toList();
      print("assigned", numbers.toString());
    }
  }

  private static void print(String kind, String text) {
    System.out.println(kind + " " + text);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException ignored) {
      Thread.currentThread().interrupt();
    }
  }
}
