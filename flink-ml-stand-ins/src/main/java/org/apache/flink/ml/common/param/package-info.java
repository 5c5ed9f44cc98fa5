/**
 * Stand-ins for what Flink ML 2.2.0 has in flink-ml-servable-lib, which no repository that this
 * build reaches holds. The names, types and defaults are Flink ML's, so that what is compiled
 * against these runs with those; nothing of this module is shipped.
 */
package org.apache.flink.ml.common.param;
