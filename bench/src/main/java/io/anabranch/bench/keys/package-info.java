/** A million models, one per key: what state in RocksDB costs against state on the heap. */
@NullMarked
package io.anabranch.bench.keys;

import org.jspecify.annotations.NullMarked;
