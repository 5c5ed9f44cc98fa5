/**
 * The exchange between trainers and parameter shards as plain Java: when deltas are shipped, how
 * they merge, and how weights come back. No Flink here, so that the protocol is tested alone.
 */
@NullMarked
package io.anabranch.operators.exchange;

import org.jspecify.annotations.NullMarked;
