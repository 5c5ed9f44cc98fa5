/**
 * Models as a log: manifests, record formats and the plain reader of the models topic; the models
 * and the Kafka client may enter, Flink may not.
 */
@NullMarked
package io.anabranch.modellog;

import org.jspecify.annotations.NullMarked;
