package io.anabranch.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.internals.TransactionalRequestResult;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

class KafkaClientTest {

  @Test
  void theClientIsOneThatTheBuildAllows() {
    assertThat(AppInfoParser.getVersion()).startsWith("3.9.");
  }

  /**
   * Clients 4.3.0 no longer have it: the connector then fails, and no checkpoint ever completes.
   */
  @Test
  void theClientHasTheMethodThatTheConnectorCallsToFlushItsTransactions() {
    assertThat(TransactionalRequestResult.class).hasMethods("await");
  }
}
