/** A real Kafka broker in this process; knows nothing of pipelines. */
@NullMarked
package io.anabranch.local.broker;

import org.jspecify.annotations.NullMarked;
