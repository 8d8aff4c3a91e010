/**
 * Tables of the records of a pool, the records of owners, and cooling addresses. They are
 * independent of ledgers. Not exported.
 */
@NullMarked
package io.ipam.record;

import org.jspecify.annotations.NullMarked;
