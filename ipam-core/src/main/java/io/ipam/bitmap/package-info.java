/** Bitmaps over unsigned 128-bit positions. Not exported; used by allocation alone. */
@NullMarked
package io.ipam.bitmap;

import org.jspecify.annotations.NullMarked;
