package io.ipam.address;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The grammar of the package description as regular expressions, slow but simple. */
final class ReferenceReader {
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** The value of a text. */
    record Value(Family family, BigInteger bits) {
        static Value of(Address address) {
            BigInteger high = new BigInteger(Long.toUnsignedString(address.high()));
            BigInteger low = new BigInteger(Long.toUnsignedString(address.low()));
            return new Value(address.family(), high.shiftLeft(64).add(low));
        }
    }

    private ReferenceReader() {}

    static Optional<Value> read(String text) {
        return text.contains(":")
                ? ipv6(text).map(bits -> new Value(Family.IPV6, bits))
                : ipv4(text).map(bits -> new Value(Family.IPV4, bits));
    }

    private static Optional<BigInteger> ipv4(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return Optional.empty();
        }
        long bits = 0;
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | Integer.parseInt(octet);
        }
        return Optional.of(BigInteger.valueOf(bits));
    }

    private static Optional<BigInteger> ipv6(String text) {
        int tail = text.lastIndexOf(':') + 1;
        if (text.indexOf('.') < 0) {
            return groups(text);
        }
        Optional<BigInteger> four = ipv4(text.substring(tail));
        if (four.isEmpty()) {
            return Optional.empty();
        }
        long bits = four.get().longValue();
        return groups(text.substring(0, tail) + Long.toHexString(bits >> 16) + ":" + Long.toHexString(bits & 0xffff))
                .filter(value -> !value.shiftRight(32).equals(BigInteger.valueOf(0xffff)));
    }

    private static Optional<BigInteger> groups(String text) {
        int elision = text.indexOf("::");
        List<String> groups = new ArrayList<>();
        if (elision < 0) {
            groups.addAll(List.of(text.split(":", -1)));
        } else {
            List<String> right = side(text.substring(elision + 2));
            groups.addAll(side(text.substring(0, elision)));
            int zeros = 8 - groups.size() - right.size();
            if (zeros < 1) {
                return Optional.empty();
            }
            groups.addAll(Collections.nCopies(zeros, "0"));
            groups.addAll(right);
        }
        if (groups.size() != 8
                || !groups.stream().allMatch(group -> GROUP.matcher(group).matches())) {
            return Optional.empty();
        }
        BigInteger bits = BigInteger.ZERO;
        for (String group : groups) {
            bits = bits.shiftLeft(16).or(new BigInteger(group, 16));
        }
        return Optional.of(bits);
    }

    private static List<String> side(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
    }

    /** RFC 5952 in hexadecimal groups, or dotted decimal. */
    static String write(Value value) {
        byte[] bytes = value.bits().toByteArray();
        int width = value.family().bits() / 8;
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int index = bytes.length - width + i;
            parts.add(String.valueOf(index < 0 ? 0 : bytes[index] & 0xff));
        }
        return value.family() == Family.IPV4 ? String.join(".", parts) : elided(parts);
    }

    private static String elided(List<String> bytes) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 16; i += 2) {
            groups.add(Integer.toHexString(Integer.parseInt(bytes.get(i)) << 8 | Integer.parseInt(bytes.get(i + 1))));
        }
        for (int run = 8; run >= 2; run--) {
            for (int at = 0; at + run <= 8; at++) {
                if (groups.subList(at, at + run).stream().allMatch("0"::equals)) {
                    return String.join(":", groups.subList(0, at)) + "::"
                            + String.join(":", groups.subList(at + run, 8));
                }
            }
        }
        return String.join(":", groups);
    }
}
