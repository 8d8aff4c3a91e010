/** Pools as tables, as kubectl prints them, and as maps of their addresses. */
@NullMarked
package io.ipam.tables;

import org.jspecify.annotations.NullMarked;
