package io.anabranch.local.broker;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;

/** Transactions on the broker of a test. */
public final class Transactions {
  private Transactions() {}

  /**
   * Waits until those that were committed or aborted have ended for readers too: a producer is told
   * before the marks are in the partitions, and a read-committed reader sees nothing until then.
   */
  public static void awaitMarks(Admin admin) throws ExecutionException, InterruptedException {
    ListTransactionsOptions ending =
        new ListTransactionsOptions()
            .filterStates(List.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
    while (!admin.listTransactions(ending).all().get().isEmpty()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
