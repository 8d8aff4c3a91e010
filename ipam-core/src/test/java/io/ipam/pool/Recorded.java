package io.ipam.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds, by input and recorded outcome, the cases of validation.json in which the library differs
 * on purpose. The IPAddress library parses the addresses, not the code under test.
 */
final class Recorded {
    private Recorded() {}

    /** One text of a definition and its place. */
    record Entry(String where, String text) {}

    /** The reference system looped or panicked. */
    static boolean isFailure(JsonNode input, JsonNode expected) {
        return expected.has("nonTerminating") || expected.has("panic");
    }

    static boolean isInternalError(JsonNode input, JsonNode expected) {
        return has(expected, "InternalError", "");
    }

    /**
     * The family is missing and the subnet is valid, and the recorded outcome requires the family.
     */
    static boolean wantsFamily(JsonNode input, JsonNode expected) {
        JsonNode spec = spec(input);
        return has(expected, "FieldValueInvalid", "spec.ipVersion")
                && !spec.has("ipVersion")
                && isReadable(spec.path("subnet").asText(""))
                && !input.path("mutateFirst").asBoolean();
    }

    static boolean takesReversed(JsonNode input, JsonNode expected) {
        return !reversed(input).isEmpty()
                && (expected.path("accepted").asBoolean() || hasDetail(expected, "conflicts with 'spec.gateway'"));
    }

    static List<Entry> reversed(JsonNode input) {
        return entries(input).stream().filter(Recorded::isReversed).toList();
    }

    /** Accepted, or refused because of another text for the same address. */
    static boolean takesMapped(JsonNode input, JsonNode expected) {
        return !mapped(input).isEmpty()
                && (expected.path("accepted").asBoolean()
                        || hasDetail(expected, "conflicts with 'spec.gateway'")
                        || hasDetail(expected, "overlap with IPPool "));
    }

    /** Texts that write an IPv4 address as {@code ::ffff:a.b.c.d}, in any spelling. */
    static List<Entry> mapped(JsonNode input) {
        List<Entry> all = new ArrayList<>(entries(input));
        if (spec(input).has("gateway")) {
            all.add(new Entry("spec.gateway", spec(input).get("gateway").textValue()));
        }
        int i = 0;
        for (JsonNode route : spec(input).path("routes")) {
            String where = "spec.routes[" + i++ + "]";
            all.add(new Entry(where + ".dst", route.path("dst").asText("")));
            all.add(new Entry(where + ".gw", route.path("gw").asText("")));
        }
        return all.stream().filter(Recorded::isMapped).toList();
    }

    private static boolean isMapped(Entry entry) {
        for (String text : entry.text().split("[-/]")) {
            IPAddress address = address(text);
            if (address != null
                    && text.contains(".")
                    && address.isIPv6()
                    && address.toIPv6().isIPv4Mapped()) {
                return true;
            }
        }
        return false;
    }

    /** The pool to replace could not exist: its subnet is not a canonical prefix. */
    static boolean replacesInvalid(JsonNode input, JsonNode expected) {
        String before = input.path("old").path("spec").path("subnet").asText();
        return input.has("old")
                && (prefix(before) == null
                        || !prefix(before).toCanonicalString().equals(before));
    }

    /**
     * A change is refused for a record that was not in the pool before, or whose key is not an
     * address.
     */
    static boolean isBlockedByStray(JsonNode input, JsonNode expected) {
        Optional<String> removed = removed(expected);
        IPAddress stray = removed.map(Recorded::address).orElse(null);
        return removed.isPresent()
                && specEntries(input.path("old").path("spec")).stream()
                        .filter(entry -> entry.where().startsWith("spec.ips"))
                        .noneMatch(entry -> holds(entry.text(), stray));
    }

    /** The key of the record that a change would remove. */
    private static Optional<String> removed(JsonNode expected) {
        for (JsonNode error : expected.path("errors")) {
            String detail = error.get("detail").textValue();
            if (detail.startsWith("remove an IP address ")) {
                return Optional.of(detail.split(" ")[4]);
            }
        }
        return Optional.empty();
    }

    static boolean refusesOverlap(JsonNode input, JsonNode expected) {
        return hasDetail(expected, " overlaps with ")
                || hasDetail(expected, " is already covered by ")
                || hasDetail(expected, " covers ");
    }

    /** An address is refused, and the recorded path is that of the subnet, which is valid. */
    static boolean isAtSubnet(JsonNode input, JsonNode expected) {
        return has(expected, "FieldValueInvalid", "spec.subnet")
                && (hasDetail(expected, "not match base subnet: ")
                        || hasDetail(expected, "invalid IP address: ")
                        || hasDetail(expected, "invalid range: "));
    }

    /** The recorded index refers to the list after merging. */
    static boolean isAtMergedIndex(JsonNode input, JsonNode expected) {
        List<String> conflicting = withGateway(input).stream().map(Entry::where).toList();
        return hasDetail(expected, "conflicts with 'spec.gateway'")
                && !conflicting.isEmpty()
                && !conflicting.contains(
                        expected.get("errors").get(0).get("field").textValue());
    }

    /** The entries of spec.ips that contain the gateway. */
    static List<Entry> withGateway(JsonNode input) {
        IPAddress gateway = address(spec(input).path("gateway").asText());
        return entries(input).stream()
                .filter(entry -> entry.where().startsWith("spec.ips") && holds(entry.text(), gateway))
                .toList();
    }

    /** An equal subnet in another notation is treated as a different subnet. */
    static boolean isRewrittenSubnet(JsonNode input, JsonNode expected) {
        String after = spec(input).path("subnet").asText();
        String before = input.path("old").path("spec").path("subnet").asText();
        return has(expected, "FieldValueForbidden", "spec.subnet")
                && !before.equals(after)
                && prefix(after) != null
                && prefix(after).equals(prefix(before));
    }

    /**
     * Two texts of one address are treated as different, in routes, next to the gateway, or in the
     * status.
     */
    static boolean comparesTexts(JsonNode input, JsonNode expected) {
        boolean accepted = expected.path("accepted").asBoolean();
        return (accepted && (hasRewrittenDestination(input) || isGatewayRewritten(input, "spec.ips")))
                || (hasDetail(expected, "conflicts with 'spec.gateway'")
                        && isGatewayRewritten(input, "spec.excludeIPs"))
                || (hasDetail(expected, "remove an IP address") && hasRewrittenRecord(input));
    }

    private static boolean hasRewrittenDestination(JsonNode input) {
        Set<IPAddress> seen = new HashSet<>();
        for (JsonNode route : spec(input).path("routes")) {
            IPAddress destination = prefix(route.path("dst").asText(""));
            if (destination != null && (destination.getNetworkPrefixLength() == 0 || !seen.add(destination))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The gateway is in that list as a single address in another notation, and not in other
     * entries.
     */
    private static boolean isGatewayRewritten(JsonNode input, String list) {
        String text = spec(input).path("gateway").asText();
        IPAddress gateway = address(text);
        List<Entry> same = entries(input).stream()
                .filter(entry -> gateway != null && entry.where().startsWith(list) && holds(entry.text(), gateway))
                .toList();
        return !same.isEmpty()
                && same.stream()
                        .allMatch(entry ->
                                !entry.text().contains("-") && !entry.text().equals(text));
    }

    private static boolean hasRewrittenRecord(JsonNode input) {
        String status = input.get("pool").path("status").path("allocatedIPs").asText();
        for (String part : status.split("\"")) {
            IPAddress address = address(part);
            if (address != null && !address.toCanonicalString().equals(part)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The same case with every address of routes, lists, and gateway in canonical form, with host
     * bits cleared.
     */
    static JsonNode canonical(JsonNode input) {
        ObjectNode copy = input.deepCopy();
        ObjectNode spec = (ObjectNode) copy.get("pool").get("spec");
        for (JsonNode route : spec.path("routes")) {
            IPAddress destination = prefix(route.path("dst").asText(""));
            ((ObjectNode) route).put("dst", destination.toCanonicalString());
        }
        for (String list : List.of("ips", "excludeIPs")) {
            if (spec.path(list) instanceof ArrayNode texts) {
                for (int i = 0; i < texts.size(); i++) {
                    String text = texts.get(i).textValue();
                    texts.set(i, text.contains("-") ? text : address(text).toCanonicalString());
                }
            }
        }
        if (spec.has("gateway")) {
            spec.put("gateway", address(spec.get("gateway").textValue()).toCanonicalString());
        }
        return copy;
    }

    private static List<Entry> entries(JsonNode input) {
        return specEntries(spec(input));
    }

    private static List<Entry> specEntries(JsonNode spec) {
        List<Entry> entries = new ArrayList<>();
        for (String list : List.of("ips", "excludeIPs")) {
            List<String> texts = Documents.texts(spec.path(list));
            for (int i = 0; i < texts.size(); i++) {
                entries.add(new Entry("spec." + list + "[" + i + "]", texts.get(i)));
            }
        }
        return entries;
    }

    private static boolean isReversed(Entry entry) {
        IPAddress first = end(entry.text(), 0);
        IPAddress last = end(entry.text(), 1);
        return first != null && last != null && first.compareTo(last) > 0;
    }

    private static boolean holds(String text, IPAddress address) {
        IPAddress first = end(text, 0);
        IPAddress last = text.contains("-") ? end(text, 1) : first;
        return address != null
                && first != null
                && last != null
                && first.compareTo(address) <= 0
                && address.compareTo(last) <= 0;
    }

    private static IPAddress end(String text, int index) {
        String[] ends = text.split("-", -1);
        return ends.length > 2 || index >= ends.length ? null : address(ends[index]);
    }

    private static IPAddress address(String text) {
        IPAddress address = text.isEmpty() || text.contains("/") ? null : new IPAddressString(text).getAddress();
        return address == null || address.isMultiple() ? null : address;
    }

    /** Omits texts that only the IPAddress library can read, for example "10.80/16". */
    private static boolean isReadable(String cidr) {
        return prefix(cidr) != null && (cidr.contains(":") || cidr.matches("\\d+(\\.\\d+){3}/\\d+"));
    }

    private static IPAddress prefix(String text) {
        IPAddress address = text.contains("/") ? new IPAddressString(text).getAddress() : null;
        return address == null ? null : address.toPrefixBlock();
    }

    private static boolean has(JsonNode expected, String type, String field) {
        for (JsonNode error : expected.path("errors")) {
            if (error.get("type").textValue().equals(type)
                    && (field.isEmpty() || error.get("field").textValue().equals(field))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDetail(JsonNode expected, String part) {
        for (JsonNode error : expected.path("errors")) {
            if (error.get("detail").textValue().contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode spec(JsonNode input) {
        return input.get("pool").get("spec");
    }
}
