package io.ipam.address;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.golden.Json;
import io.ipam.problem.InvalidInputException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * The functions of the reference system's package for addresses, written once over {@link
 * Arithmetic}. Only this class expands sets, not the library.
 *
 * @param <S> a set of addresses of one family
 */
final class AddressQuestions<S> {
    private static final int LISTED = 600;
    private static final BigInteger MAX_INT = BigInteger.valueOf(Long.MAX_VALUE);

    private final Arithmetic<S> math;

    AddressQuestions(Arithmetic<S> math) {
        this.math = math;
    }

    /** The result in the form of the vectors, or {@code {"error": …}}. */
    JsonNode answer(JsonNode input) {
        try {
            return dispatch(input);
        } catch (InvalidInputException | Arithmetic.Refused refused) {
            return object().put("error", String.valueOf(refused.getMessage()));
        }
    }

    private JsonNode dispatch(JsonNode input) {
        String fn = input.get("fn").textValue();
        return switch (fn) {
            case "IsIP" -> valid(address(input, "ip"));
            case "IsIPRange" -> valid(ranges(input, "ipRange"));
            case "ParseIPRange" -> listed(ranges(input, "ipRange"));
            case "ParseIPRanges" -> listed(ranges(input, "ipRanges"));
            case "MergeIPRanges" -> rangeTexts(ranges(input, "ipRanges"));
            case "ConvertIPsToIPRanges" -> rangeTexts(math.addresses(family(input), Json.strings(input.get("ips"))));
            case "IPRangeContainsIP" -> result(math.containsAll(ranges(input, "ipRange"), address(input, "ip")));
            case "IsIPRangeOverlap" -> result(math.overlaps(ranges(input, "ipRange1"), ranges(input, "ipRange2")));
            case "ContainsIPRange" -> result(math.containsAll(subnet(input, "subnet"), ranges(input, "ipRange")));
            case "ContainsIP" -> result(math.containsAll(subnet(input, "subnet"), address(input, "ip")));
            case "AssembleTotalIPs" -> listed(math.minus(ranges(input, "ips"), ranges(input, "excludeIPs")));
            case "IPsDiffSet" -> perFamily(input, "source", "exclude", math::minus);
            case "IPsUnionSet" -> perFamily(input, "a", "b", math::union);
            case "IPsIntersectionSet" -> perFamily(input, "a", "b", math::intersect);
            case "FindAvailableIPs" -> findAvailable(input);
            case "NextIP" -> neighbour(math.next(text(input, "ip")));
            case "PrevIP" -> neighbour(math.previous(text(input, "ip")));
            case "Cmp" -> object().put("result", math.compare(text(input, "ip1"), text(input, "ip2")));
            default -> prefixes(fn, input);
        };
    }

    private JsonNode prefixes(String fn, JsonNode input) {
        return switch (fn) {
            case "IsCIDR" -> valid(subnet(input, "subnet"));
            case "IsFormatCIDR" -> valid(math.canonicalText(text(input, "subnet")));
            case "ParseCIDR" -> object().put("cidr", math.maskedText(family(input), text(input, "subnet")));
            case "CIDRToLabelValue" -> label(math.maskedText(family(input), text(input, "subnet")));
            case "ContainsCIDR" -> result(math.containsAll(subnet(input, "subnet1"), subnet(input, "subnet2")));
            case "IsCIDROverlap" -> result(math.overlaps(subnet(input, "subnet1"), subnet(input, "subnet2")));
            case "IsRoute" -> route(family(input), input);
            case "IsRouteWithoutIPVersion" -> route(math.familyOf(math.prefix(null, text(input, "dst"))), input);
            case "TotalIP" -> totalIP(input);
            case "IsOverlapIPRanges" -> overlapRanges(input);
            default -> throw new AssertionError("no such function: " + fn);
        };
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode valid(Object read) {
        return object().put("valid", read != null);
    }

    private static ObjectNode result(boolean result) {
        return object().put("result", result);
    }

    private static ObjectNode neighbour(Optional<String> address) {
        return object().put("ip", address.orElse("<nil>"));
    }

    private static ObjectNode label(String canonical) {
        return object().put("label", canonical.replaceAll("[.:/]", "-"));
    }

    private ObjectNode rangeTexts(S set) {
        ObjectNode answer = object();
        math.rangeTexts(set).forEach(answer.putArray("ipRanges")::add);
        return answer;
    }

    private static String text(JsonNode input, String field) {
        return input.path(field).asText("");
    }

    private static Family family(JsonNode input) {
        int number = input.path("ipVersion").asInt();
        return Family.ofNumber(number).orElseThrow(() -> new Arithmetic.Refused("IP version " + number));
    }

    /** A field that is one range or a list of them. */
    private S ranges(JsonNode input, String field) {
        JsonNode value = input.path(field);
        return math.ranges(family(input), value.isTextual() ? List.of(value.textValue()) : Json.strings(value));
    }

    private S address(JsonNode input, String field) {
        return math.addresses(family(input), List.of(text(input, field)));
    }

    private S subnet(JsonNode input, String field) {
        return math.prefix(family(input), text(input, field));
    }

    private ObjectNode route(Family family, JsonNode input) {
        math.prefix(family, text(input, "dst"));
        return valid(math.addresses(family, List.of(text(input, "gw"))));
    }

    /** All addresses, or the ends of a long list. */
    private ObjectNode listed(S set) {
        BigInteger size = math.size(set);
        ObjectNode answer = object().put("count", size);
        if (size.compareTo(BigInteger.valueOf(LISTED)) > 0) {
            return answer.put("first", math.at(set, BigInteger.ZERO))
                    .put("last", math.at(set, size.subtract(BigInteger.ONE)));
        }
        expand(set, LISTED).forEach(answer.putArray("ips")::add);
        return answer;
    }

    private List<String> expand(S set, int most) {
        List<String> addresses = new ArrayList<>();
        BigInteger end = math.size(set).min(BigInteger.valueOf(most));
        for (BigInteger i = BigInteger.ZERO; i.compareTo(end) < 0; i = i.add(BigInteger.ONE)) {
            addresses.add(math.at(set, i));
        }
        return addresses;
    }

    private List<String> ofFamily(List<String> texts, Family family) {
        return texts.stream()
                .filter(text -> math.familyOfAddress(text.split("-", -1)[0]) == family)
                .toList();
    }

    private ObjectNode perFamily(JsonNode input, String left, String right, BinaryOperator<S> operation) {
        ObjectNode answer = object();
        ArrayNode addresses = answer.putArray("ips");
        for (Family family : Family.values()) {
            S a = math.addresses(family, ofFamily(Json.strings(input.get(left)), family));
            S b = math.addresses(family, ofFamily(Json.strings(input.get(right)), family));
            expand(operation.apply(a, b), LISTED).forEach(addresses::add);
        }
        return answer;
    }

    private ObjectNode findAvailable(JsonNode input) {
        List<String> found = new ArrayList<>();
        for (Family family : Family.values()) {
            S ranges = math.ranges(family, ofFamily(Json.strings(input.get("ipRanges")), family));
            S used = math.addresses(family, ofFamily(Json.strings(input.get("used")), family));
            found.addAll(expand(math.minus(ranges, used), input.get("count").intValue() - found.size()));
        }
        ObjectNode answer = object().put("count", found.size());
        found.forEach(answer.putArray("ips")::add);
        return answer;
    }

    /** A pool: the remainder of each entry, and the total. */
    private record Pool<S>(S remaining, List<Piece<S>> pieces) {}

    private record Piece<S>(String raw, S range) {}

    private Pool<S> pool(String subnetText, List<String> ips, List<String> excludeIPs) {
        S subnet = math.prefix(null, subnetText);
        Family family = math.familyOf(subnet);
        S listed = math.ranges(family, ips);
        S excluded = math.ranges(family, excludeIPs);
        if (!math.containsAll(subnet, math.union(listed, excluded))) {
            throw new Arithmetic.Refused("outside " + subnetText);
        }
        List<Piece<S>> pieces = new ArrayList<>();
        for (String raw : ips) {
            S rest = math.minus(math.ranges(family, List.of(raw)), excluded);
            for (String text : math.rangeTexts(rest)) {
                pieces.add(new Piece<>(raw, math.ranges(family, List.of(text))));
            }
        }
        return new Pool<>(math.minus(listed, excluded), pieces);
    }

    private Pool<S> pool(JsonNode input) {
        return pool(text(input, "subnet"), Json.strings(input.get("ips")), Json.strings(input.get("excludeIPs")));
    }

    private ObjectNode totalIP(JsonNode input) {
        Pool<S> pool = pool(input);
        BigInteger total = math.size(pool.remaining());
        ObjectNode answer = object().put("total", total.toString())
                .put("totalInt", total.min(MAX_INT).toString());
        ArrayNode ranges = answer.putArray("ranges");
        for (Piece<S> piece : pool.pieces()) {
            ranges.addObject()
                    .put("start", math.at(piece.range(), BigInteger.ZERO))
                    .put("end", math.at(piece.range(), math.size(piece.range()).subtract(BigInteger.ONE)))
                    .put("raw", piece.raw());
        }
        return answer;
    }

    private ObjectNode overlapRanges(JsonNode input) {
        Pool<S> mine = pool(input);
        Pool<S> other = pool(
                text(input, "otherSubnet"),
                Json.strings(input.get("otherIPs")),
                Json.strings(input.get("otherExcludeIPs")));
        boolean sameFamily = math.familyOf(mine.remaining()) == math.familyOf(other.remaining());
        ObjectNode answer = object();
        answer.put("overlap", sameFamily && math.overlaps(mine.remaining(), other.remaining()));
        ArrayNode raw = answer.putArray("overlapRanges");
        for (Piece<S> a : mine.pieces()) {
            for (Piece<S> b : other.pieces()) {
                if (sameFamily && math.overlaps(a.range(), b.range())) {
                    raw.add(b.raw());
                }
            }
        }
        return answer;
    }
}
