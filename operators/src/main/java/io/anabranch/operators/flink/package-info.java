/**
 * The one room for what Flink does not promise: execution ids, co-location, key groups. Whoever
 * moves to another Flink version looks here first; nothing else may enter.
 */
@NullMarked
package io.anabranch.operators.flink;

import org.jspecify.annotations.NullMarked;
