/**
 * What is observed of features by class, and what it says of an example: the tables under naive
 * Bayes and under the leaves of trees. No learner lives here.
 */
@NullMarked
package io.anabranch.models.evidence;

import org.jspecify.annotations.NullMarked;
