/**
 * The exchange in one thread, with the classes of the job and a clock of its own: what learning in
 * parallel costs in quality. Nothing here knows Flink.
 */
@NullMarked
package io.anabranch.bench.exchange;

import org.jspecify.annotations.NullMarked;
