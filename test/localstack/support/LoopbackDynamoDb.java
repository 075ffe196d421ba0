import java.net.InetAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;

/** DynamoDB Local on loopback. Its own program takes a port and no address, and listens on all of them. */
public class LoopbackDynamoDb {
  public static void main(String[] arguments) throws Exception {
    var dynamo = ServerRunner.createServerFromCommandLineArgs(arguments);
    var field = dynamo.getClass().getDeclaredField("server");
    field.setAccessible(true);
    var loopback = InetAddress.getByName("127.0.0.1").getHostAddress();
    for (var connector : ((Server) field.get(dynamo)).getConnectors()) {
      ((ServerConnector) connector).setHost(loopback);
    }
    dynamo.start();
    dynamo.join();
  }
}
