/**
 * Addresses, ranges, prefixes, and immutable address sets, and their strict text forms.
 *
 * <p>This is the grammar of all address text in this library, in the notation of RFC 5234:
 *
 * <pre>{@code
 * address = ipv4 / ipv6
 * ipv4    = octet 3("." octet)           ; exactly four
 * octet   = "0" / (%x31-39 *2DIGIT)      ; 0 to 255, no leading zero
 * ipv6    = 8 groups separated by ":", where "::" may occur, once, for one or more groups of zeros,
 *           and the last two groups may be written as ipv4
 * group   = 1*4HEXDIG                    ; either case
 * range   = address [ "-" address ]      ; one family, the first address is not above the last
 * prefix  = address "/" 1*DIGIT          ; at most 32 or 128
 * entry   = range / prefix               ; of the texts of a set; host bits of a prefix are zero
 * }</pre>
 *
 * <p>Any other text is refused. Examples are white space, brackets, ports, zone ids, masks,
 * wildcards, and digits outside ASCII. Octal or hexadecimal numbers and fewer than four octets are
 * refused in an IPv4 address. An address has at most 45 characters. An address within {@code
 * ::ffff:0:0/96} must not be written with a dotted tail ({@code ::ffff:10.0.0.1}). Its author
 * nearly always means the IPv4 address, and some programs print one as the other. A prefix within
 * {@code ::ffff:0:0/96} is refused in any spelling. {@code ::10.1.1.1} is an IPv6 address.
 *
 * <p>A prefix is parsed in three ways: {@code Prefix.parse} requires zero host bits, {@code
 * parseMasked} clears them, and {@code parseCanonical} accepts the written form only.
 *
 * <p>Text is written in one form: dotted decimal, and RFC 5952 in hexadecimal groups only. Parsing
 * the text of an address, range, or set produces an equal value.
 *
 * <p>Families are never mixed. If an argument has the other family, a predicate returns false, a
 * search finds nothing, and an operation throws IllegalArgumentException. This rule holds in all
 * packages. Orders compare the family first.
 */
@NullMarked
package io.ipam.address;

import org.jspecify.annotations.NullMarked;
