package io.ipam.annotations;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.InvalidAddressException;
import io.ipam.json.Expected;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonProblems;
import io.ipam.json.JsonReader;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address that a network element requests for its interface.
 *
 * <pre>
 * ips     = null | [ { address , } [ address ] ]
 * address = string: an address, with or without "/" and the length of a prefix
 * </pre>
 *
 * <p>A list may have at most one address of each family. Thread safety: immutable.
 *
 * @param address the address
 * @param prefixLength the length that is written with it
 */
record RequestedAddress(Address address, OptionalInt prefixLength) {
    private static final String EXAMPLE = "\"10.6.1.9\"";
    private static final Expected ADDRESSES = Expected.of("ips must be a list of addresses, such as [" + EXAMPLE + "]")
            .hint(JsonKind.OBJECT, "lists are written in [ ], not in { }")
            .otherwise("write [" + EXAMPLE + "]");
    private static final Expected TEXT = Expected.of("an address must be a string, such as " + EXAMPLE)
            .otherwise("write an address in double quotes");

    /** The addresses of a list. An element that is not an address is a problem and is omitted. */
    static List<RequestedAddress> readAll(JsonReader in) {
        List<RequestedAddress> addresses = new ArrayList<>(1);
        Set<Family> families = EnumSet.noneOf(Family.class);
        if (in.beginArray(ADDRESSES)) {
            while (in.nextElement()) {
                RequestedAddress address = read(in, families);
                if (address != null) {
                    addresses.add(address);
                }
            }
        }
        return addresses;
    }

    private static @Nullable RequestedAddress read(JsonReader in, Set<Family> families) {
        if (in.isNull()) {
            in.problem(ProblemType.REQUIRED, "null", TEXT.rule(), "remove this element");
            return null;
        }
        String text = in.string(TEXT);
        if (text == null) {
            return null;
        }
        if (in.problemCount() >= JsonProblems.MOST) {
            return null; // No further problem is listed, and an invalid text is slow to parse.
        }
        RequestedAddress parsed = parse(in, text);
        if (parsed != null && !families.add(parsed.address.family())) {
            in.problem(
                    ProblemType.DUPLICATE,
                    text,
                    "an interface can request one address of each family, and this is another one "
                            + parsed.address.family().label() + " address",
                    "remove this element");
            return null;
        }
        return parsed;
    }

    /** The address of a text; null, with problems, if it is not an address. */
    private static @Nullable RequestedAddress parse(JsonReader in, String text) {
        int slash = text.indexOf('/');
        try {
            Address address = Address.parse(slash < 0 ? text : text.substring(0, slash));
            OptionalInt length = slash < 0 ? OptionalInt.empty() : length(text, slash + 1, address.family());
            if (slash < 0 || length.isPresent()) {
                return new RequestedAddress(address, length);
            }
            in.problem(
                    ProblemType.INVALID,
                    text,
                    "the length of a prefix must be a number from 0 to "
                            + address.family().bits(),
                    "write " + address + " without a length");
        } catch (InvalidAddressException refused) {
            refused.problems()
                    .forEach(
                            problem -> in.problem(problem.type(), problem.offending(), problem.rule(), problem.hint()));
        }
        return null;
    }

    /** The length at {@code start}, in digits without a leading zero; otherwise empty. */
    private static OptionalInt length(String text, int start, Family family) {
        int digits = text.length() - start;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(start) == '0')) {
            return OptionalInt.empty();
        }
        int length = 0;
        for (int i = start; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalInt.empty();
            }
            length = 10 * length + digit;
        }
        return length <= family.bits() ? OptionalInt.of(length) : OptionalInt.empty();
    }
}
