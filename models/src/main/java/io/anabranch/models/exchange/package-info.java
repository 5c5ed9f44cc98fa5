/**
 * What travels between trainers and parameter shards, and how it merges: deltas forward, weights
 * back. Plain data and arithmetic; who sends what when is decided elsewhere.
 */
@NullMarked
package io.anabranch.models.exchange;

import org.jspecify.annotations.NullMarked;
