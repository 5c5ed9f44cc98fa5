/**
 * The job that runs on a Flink cluster: the only room that knows topics, formats and pipeline
 * files; nothing of the embedded default may enter.
 */
@NullMarked
package io.anabranch.job;

import org.jspecify.annotations.NullMarked;
