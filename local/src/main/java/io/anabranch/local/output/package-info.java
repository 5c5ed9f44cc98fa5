/** What a run leaves behind: output topics as files, and the summary. Reads Kafka, no Flink. */
@NullMarked
package io.anabranch.local.output;

import org.jspecify.annotations.NullMarked;
