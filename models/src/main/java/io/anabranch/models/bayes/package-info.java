/** Naive Bayes: classes by what is observed of each feature on its own. */
@NullMarked
package io.anabranch.models.bayes;

import org.jspecify.annotations.NullMarked;
