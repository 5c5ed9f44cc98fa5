/** What is fed: pure functions of a seed, so that every record is known without keeping it. */
@NullMarked
package io.anabranch.cluster.feed;

import org.jspecify.annotations.NullMarked;
