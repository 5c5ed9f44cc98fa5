/**
 * Learners made of members that learn apart, and how their votes become one prediction. What a
 * member is made of has its own package.
 */
@NullMarked
package io.anabranch.models.ensemble;

import org.jspecify.annotations.NullMarked;
