package io.ipam.address;

import com.fasterxml.jackson.databind.JsonNode;
import io.ipam.address.ReferenceReader.Value;
import io.ipam.golden.GoldenRun;
import io.ipam.golden.Json;
import io.ipam.golden.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The comparison and the declared differences of the golden tests of this package. Every result of
 * the library, even for a declared difference, is compared with that of {@link ModelArithmetic}.
 */
final class GoldenAddresses {
    private static final AddressQuestions<AddressSet> LIBRARY = new AddressQuestions<>(new LibraryArithmetic());
    private static final AddressQuestions<ModelSet> MODEL = new AddressQuestions<>(new ModelArithmetic());
    /** The fields that list addresses or ranges, except those to subtract. */
    private static final List<String> LISTS = List.of("ips", "otherIPs", "ipRanges", "source", "a", "b");

    /** The functions that receive parsed addresses and ignore invalid ones. */
    private static final Set<String> OF_ADDRESSES = Set.of(
            "ConvertIPsToIPRanges",
            "IPsDiffSet",
            "IPsUnionSet",
            "IPsIntersectionSet",
            "FindAvailableIPs",
            "NextIP",
            "PrevIP",
            "Cmp");

    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    static final Rule NEVER_ANSWERED =
            new Rule("never-answered", (input, expected) -> Json.neverAnswered(expected), GoldenAddresses::rightAnswer);

    static final Rule IPV4_MAPPED = new Rule(
            "ipv4-mapped",
            (input, expected) ->
                    !Json.isError(expected) && texts(input).stream().anyMatch(GoldenAddresses::isMapped),
            input -> refused(
                    input, "must not be written as an IPv6", "must be an IPv4 address", "must be an IPv6 address"));

    static final Rule IPV6_AS_IPV4 = new Rule(
            "ipv6-as-ipv4",
            wrong(input -> texts(input).stream().anyMatch(GoldenAddresses::hidesIPv4)),
            GoldenAddresses::rightAnswer);

    static final Rule LEADING_ZERO_BYTE = new Rule(
            "leading-zero-byte",
            (input, expected) -> hasTouchingRanges(expected) || stopsEarly(input, expected),
            GoldenAddresses::rightAnswer);

    static final Rule COMPARED_AS_TEXT = new Rule(
            "compared-as-text",
            wrong(input -> input.get("fn").asText().equals("IPRangeContainsIP")
                    && texts(input).stream().anyMatch(GoldenAddresses::isNotCanonical)),
            GoldenAddresses::rightAnswer);

    static final Rule REVERSED_RANGE = new Rule(
            "reversed-range",
            (input, expected) ->
                    !Json.isError(expected) && entries(input).stream().anyMatch(GoldenAddresses::isReversed),
            input -> refused(input, "the first address of a range must not be above the last"));

    static final Rule MALFORMED_ENTRY = new Rule(
            "malformed-entry",
            (input, expected) ->
                    OF_ADDRESSES.contains(input.get("fn").asText()) && !Json.isError(expected) && hasMalformed(input),
            input -> refused(input, "invalid address"));

    static final Rule NO_SUCH_FAMILY = new Rule(
            "no-such-family",
            (input, expected) -> !Json.isError(expected)
                    && input.has("ipVersion")
                    && Family.ofNumber(input.get("ipVersion").intValue()).isEmpty(),
            input -> refused(input, "IP version"));

    static final Rule PAST_THE_LAST_ADDRESS = new Rule(
            "past-the-last-address",
            wrong(input -> isAnyOf(input, "FindAvailableIPs")
                    && entries(input).stream().anyMatch(entry -> entry.matches("(?i).*ffff(:ffff){7}"))),
            GoldenAddresses::rightAnswer);

    static final Rule ONCE_IN_A_SET =
            new Rule("once-in-a-set", wrong(GoldenAddresses::hasOverlappingEntries), GoldenAddresses::rightAnswer);

    static final Rule LOWEST_FIRST = new Rule(
            "lowest-first",
            wrong(input -> !isAscending(input) || hasBothFamilies(input)),
            GoldenAddresses::rightAnswer);

    static final Rule LABEL_OF_CANONICAL_TEXT = new Rule(
            "label-of-canonical-text",
            wrong(input -> isAnyOf(input, "CIDRToLabelValue")),
            GoldenAddresses::rightAnswer);

    private GoldenAddresses() {}

    static GoldenRun claiming(GoldenRun run, String... functions) {
        for (String function : functions) {
            run.on(function, GoldenAddresses::compare);
        }
        return run;
    }

    static void compare(JsonNode input, JsonNode expected) {
        JsonNode answer = rightAnswer(input);
        if (!agree(expected, answer)) {
            throw new AssertionError("answered " + answer);
        }
    }

    /** The result of the library, which must equal that of the model. */
    private static JsonNode rightAnswer(JsonNode input) {
        JsonNode answer = LIBRARY.answer(input);
        JsonNode right = MODEL.answer(input);
        if (!agree(right, answer)) {
            throw new AssertionError("answered " + answer + ", right is " + right);
        }
        return answer;
    }

    private static boolean agree(JsonNode a, JsonNode b) {
        return Json.isError(a) || Json.isError(b) ? Json.isError(a) && Json.isError(b) : Json.same(a, b);
    }

    /** The cause of a recorded outcome that is not correct. */
    private static Rule.Recogniser wrong(Predicate<JsonNode> cause) {
        return (input, expected) -> cause.test(input) && !agree(expected, MODEL.answer(input));
    }

    /** Rejected because of one of these. */
    private static void refused(JsonNode input, String... rules) {
        JsonNode answer = rightAnswer(input);
        String error = answer.path("error").asText("");
        if (List.of(rules).stream().noneMatch(error::contains)) {
            throw new AssertionError("not refused because " + List.of(rules) + ": " + answer);
        }
    }

    /** An entry that is not an address, or a range instead of a single address. */
    private static boolean hasMalformed(JsonNode input) {
        List<String> ranges = Json.strings(input.path("ipRanges"));
        return entries(input).stream()
                .anyMatch(entry -> texts(entry).count() > (ranges.contains(entry) ? 2 : 1)
                        || texts(entry).anyMatch(GoldenAddresses::isNoAddress));
    }

    private static boolean isNoAddress(String text) {
        return ReferenceReader.read(text).isEmpty() && !isMapped(text);
    }

    private static boolean hasBothFamilies(JsonNode input) {
        return texts(input).stream()
                        .flatMap(text -> ReferenceReader.read(text).stream())
                        .map(Value::family)
                        .distinct()
                        .count()
                > 1;
    }

    private static boolean isAnyOf(JsonNode input, String... functions) {
        return Set.of(functions).contains(input.get("fn").asText());
    }

    /** All strings of the input except the function's name. */
    private static List<String> entries(JsonNode input) {
        List<String> texts = new ArrayList<>();
        input.properties().forEach(field -> {
            if (!field.getKey().equals("fn")) {
                collect(field.getValue(), texts);
            }
        });
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(element -> collect(element, texts));
    }

    /** All addresses and prefixes of the input, as text. */
    private static List<String> texts(JsonNode input) {
        return entries(input).stream().flatMap(GoldenAddresses::texts).toList();
    }

    private static Stream<String> texts(String entry) {
        return List.of(entry.split("-", -1)).stream();
    }

    private static boolean isMapped(String text) {
        String address = text.split("/", -1)[0];
        int tail = address.lastIndexOf(':') + 1;
        boolean dotted = address.substring(tail).contains(".") && tail > 0;
        if (!dotted) {
            return text.contains("/")
                    && ReferenceReader.read(address)
                            .filter(GoldenAddresses::isMapped)
                            .isPresent();
        }
        return ReferenceReader.read(address).isEmpty()
                && ReferenceReader.read(address.substring(tail)).isPresent()
                && ReferenceReader.read(address.substring(0, tail) + "0:0")
                        .filter(GoldenAddresses::isMapped)
                        .isPresent();
    }

    private static boolean isMapped(Value value) {
        return value.family() == Family.IPV6 && value.bits().shiftRight(32).equals(MAPPED);
    }

    /**
     * An IPv6 address that Go's net.IP can take for an IPv4 address after arithmetic, or Spiderpool
     * for the dots in its text.
     */
    private static boolean hidesIPv4(String text) {
        Optional<Value> value = ReferenceReader.read(text.split("/", -1)[0]);
        return value.filter(address ->
                        address.family() == Family.IPV6 && (text.contains(".") || isNearIPv4(address.bits())))
                .isPresent();
    }

    /** Within ::/96 or ::ffff:0:0/96, or next to one of them. */
    private static boolean isNearIPv4(BigInteger bits) {
        return Stream.of(bits, bits.subtract(BigInteger.ONE), bits.add(BigInteger.ONE))
                .map(near -> near.shiftRight(32))
                .anyMatch(upper -> upper.signum() == 0 || upper.equals(MAPPED));
    }

    private static boolean isNotCanonical(String text) {
        return ReferenceReader.read(text)
                .filter(value -> !ReferenceReader.write(value).equals(text))
                .isPresent();
    }

    /**
     * The first and last address of an entry, in the given order; empty if the text is neither an
     * address nor a range.
     */
    private static List<Value> ends(String entry) {
        String[] ends = entry.split("-", -1);
        Optional<Value> first = ReferenceReader.read(ends[0]);
        Optional<Value> last = ReferenceReader.read(ends[ends.length - 1]);
        return ends.length > 2 || first.isEmpty() || last.isEmpty() ? List.of() : List.of(first.get(), last.get());
    }

    private static boolean isReversed(String entry) {
        List<Value> ends = ends(entry);
        return !ends.isEmpty()
                && ends.get(0).family() == ends.get(1).family()
                && ends.get(0).bits().compareTo(ends.get(1).bits()) > 0;
    }

    private static boolean hasTouchingRanges(JsonNode expected) {
        List<String> ranges = Json.strings(expected.path("ipRanges"));
        for (int i = 1; i < ranges.size(); i++) {
            BigInteger last = ends(ranges.get(i - 1)).get(1).bits();
            if (last.add(BigInteger.ONE).equals(ends(ranges.get(i)).get(0).bits())) {
                return true;
            }
        }
        return false;
    }

    /** No neighbour, although there is one. */
    private static boolean stopsEarly(JsonNode input, JsonNode expected) {
        return isAnyOf(input, "NextIP", "PrevIP")
                && expected.path("ip").asText().equals("<nil>")
                && !MODEL.answer(input).path("ip").asText().equals("<nil>");
    }

    /** The ranges of one list of the input, in its order. */
    private static List<List<Value>> ranges(JsonNode input, String field) {
        return Json.strings(input.path(field)).stream()
                .map(GoldenAddresses::ends)
                .filter(ends -> !ends.isEmpty())
                .toList();
    }

    private static boolean hasOverlappingEntries(JsonNode input) {
        for (String field : LISTS) {
            List<List<Value>> ranges = ranges(input, field);
            for (int i = 0; i < ranges.size(); i++) {
                List<Value> range = ranges.get(i);
                if (ranges.subList(0, i).stream().anyMatch(before -> overlap(before, range))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the entries of each list ascend. */
    private static boolean isAscending(JsonNode input) {
        for (String field : LISTS) {
            List<List<Value>> ranges = ranges(input, field);
            for (int i = 1; i < ranges.size(); i++) {
                if (compareFirst(ranges.get(i - 1), ranges.get(i)) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int compareFirst(List<Value> a, List<Value> b) {
        int byFamily = a.get(0).family().compareTo(b.get(0).family());
        return byFamily != 0 ? byFamily : a.get(0).bits().compareTo(b.get(0).bits());
    }

    private static boolean overlap(List<Value> a, List<Value> b) {
        return a.get(0).family() == b.get(0).family()
                && a.get(0).bits().compareTo(b.get(1).bits()) <= 0
                && b.get(0).bits().compareTo(a.get(1).bits()) <= 0;
    }
}
