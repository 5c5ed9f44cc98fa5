/**
 * What a sample of a data file shows: what stands in its fields, and which roles they could have.
 * Knows files, and nothing of Kafka, Flink or learners.
 */
@NullMarked
package io.anabranch.local.profile;

import org.jspecify.annotations.NullMarked;
