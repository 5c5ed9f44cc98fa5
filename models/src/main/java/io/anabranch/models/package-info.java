/**
 * Learners and everything that they need to train and to serve alike, in plain Java: the JDK and
 * jspecify may enter, Flink, Kafka, logging and text formats may not.
 */
@NullMarked
package io.anabranch.models;

import org.jspecify.annotations.NullMarked;
