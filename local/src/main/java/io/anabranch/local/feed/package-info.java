/**
 * Produces files to Kafka: reads csv, jsonl and libsvm, converts, paces; knows nothing of Flink.
 */
@NullMarked
package io.anabranch.local.feed;

import org.jspecify.annotations.NullMarked;
