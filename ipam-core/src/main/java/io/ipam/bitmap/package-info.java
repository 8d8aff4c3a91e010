/** Bitmaps over unsigned 128-bit positions. Not exported. */
@NullMarked
package io.ipam.bitmap;

import org.jspecify.annotations.NullMarked;
