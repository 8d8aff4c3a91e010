/** A strict JSON reader with positions. Not exported. */
@NullMarked
package io.ipam.json;

import org.jspecify.annotations.NullMarked;
