/**
 * A learner for these tests alone; it reaches the cluster in a jar of its own, as a user's would.
 */
@NullMarked
package io.anabranch.cluster.learner;

import org.jspecify.annotations.NullMarked;
