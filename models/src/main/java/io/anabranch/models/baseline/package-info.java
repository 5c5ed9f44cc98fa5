/** What every learner must beat: models that look at no feature. */
@NullMarked
package io.anabranch.models.baseline;

import org.jspecify.annotations.NullMarked;
