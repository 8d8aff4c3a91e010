package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.golden.GoldenRun;
import io.ipam.pool.InvalidPoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Spiderpool's own allocations on one pool, step by step; what differs on purpose is on the page that the rules name. */
class GoldenAllocationTest {
    private static final String PAGE = "docs/decisions/0058-replayed-allocations.md";

    @Test
    void allocationsAreReplayed() {
        GoldenRun.of("allocation.json")
                .rule("no-panic", PAGE, (input, expected) -> !expected.has("steps"), GoldenAllocationTest::serves)
                .rule(
                        "invalid-definition",
                        PAGE,
                        (input, expected) -> isInvalid(input.path("pool").path("spec")),
                        input -> assertThrows(InvalidPoolException.class, () -> new AllocationReplay(input)))
                .rule(
                        "no-record-threshold",
                        PAGE,
                        (input, expected) -> isAnyError(expected, "threshold of IP records exceeded"),
                        GoldenAllocationTest::givesLowest)
                .rule(
                        "record-set-aside",
                        PAGE,
                        (input, expected) ->
                                expected.path("steps").path(0).path("error").isMissingNode()
                                        && !new AllocationReplay(input)
                                                .setAside()
                                                .isEmpty(),
                        GoldenAllocationTest::givesLowest)
                .rule(
                        "one-spelling",
                        PAGE,
                        (input, expected) -> isSpelledOtherwise(input),
                        GoldenAllocationTest::goesByNumber)
                .rule("lowest-first", PAGE, GoldenAllocationTest::isAnyNotLowest, GoldenAllocationTest::givesLowest)
                .run(GoldenAllocationTest::replay);
    }

    private static void replay(JsonNode input, JsonNode expected) {
        AllocationReplay replay;
        try {
            replay = new AllocationReplay(input);
        } catch (InvalidPoolException refused) {
            expected.path("steps").forEach(step -> assertTrue(step.has("error"), refused::getMessage));
            return;
        }
        if (!replay.setAside().isEmpty()) {
            expected.path("steps").forEach(step -> assertTrue(step.has("error"), replay.setAside()::toString));
            return;
        }
        assertEquals(input.path("steps").size(), expected.path("steps").size());
        for (int i = 0; i < input.path("steps").size(); i++) {
            check(replay, input.path("steps").path(i), expected.path("steps").path(i));
        }
    }

    private static void check(AllocationReplay replay, JsonNode step, JsonNode expected) {
        AllocationReplay.Answer answer = replay.run(step);
        assertEquals(expected.has("error"), answer.isRefused());
        if (expected.has("address")) {
            assertEquals(expected.path("address").textValue(), answer.address());
            assertEquals(expected.path("gateway").textValue(), answer.gateway());
            assertEquals(expected.path("ippool").textValue(), answer.pool());
            assertEquals(expected.path("version").intValue(), answer.version());
        }
        assertEquals(text(expected), replay.allocatedIps());
        if (expected.path("statusUpdated").booleanValue()) {
            assertEquals(expected.path("allocatedIPCount").longValue(), replay.held());
        }
    }

    /** No records are no text, or an empty object where nobody has written since. */
    private static String text(JsonNode expected) {
        String text = expected.path("allocatedIPs").textValue();
        return "{}".equals(text) ? null : text;
    }

    /** A subnet with host bits, a range that ends before it starts, or one outside the subnet: the webhook is not part of the vectors. */
    private static boolean isInvalid(JsonNode spec) {
        String subnet = spec.path("subnet").textValue();
        Prefix prefix = Prefix.parseMasked(subnet);
        if (!prefix.toString().equals(subnet)) {
            return true;
        }
        for (JsonNode range : spec.path("ips")) {
            String[] ends = range.textValue().split("-");
            Address first = Address.parse(ends[0]);
            Address last = Address.parse(ends[ends.length - 1]);
            if (first.compareTo(last) > 0 || !prefix.contains(first) || !prefix.contains(last)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpelledOtherwise(JsonNode input) {
        List<String> texts = new ArrayList<>();
        texts.add(input.path("pool").path("spec").path("gateway").asText("::"));
        for (JsonNode step : input.path("steps")) {
            step.path("releases")
                    .forEach(release -> texts.add(release.path("IP").textValue()));
        }
        return texts.stream().anyMatch(text -> !Address.parse(text).toString().equals(text));
    }

    /** What is released under any spelling is not held any more; gateways are written in one spelling. */
    private static void goesByNumber(JsonNode input) {
        AllocationReplay replay = new AllocationReplay(input);
        for (JsonNode step : input.path("steps")) {
            AllocationReplay.Answer answer = replay.run(step);
            assertFalse(answer.isRefused());
            assertEquals(answer.gateway().toLowerCase(Locale.ROOT), answer.gateway());
            for (JsonNode release : step.path("releases")) {
                String held = replay.allocatedIps() == null ? "" : replay.allocatedIps();
                assertFalse(addresses(held)
                        .contains(Address.parse(release.path("IP").textValue())));
            }
        }
    }

    private static boolean isAnyError(JsonNode expected, String part) {
        for (JsonNode step : expected.path("steps")) {
            if (step.path("error").asText().contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** Whether some recorded address was not the lowest free one. */
    private static boolean isAnyNotLowest(JsonNode input, JsonNode expected) {
        AllocationReplay replay;
        try {
            replay = new AllocationReplay(input);
        } catch (InvalidPoolException refused) {
            return false;
        }
        String before = input.path("pool").path("status").path("allocatedIPs").asText("");
        for (JsonNode step : expected.path("steps")) {
            Set<Address> held = addresses(before);
            if (step.has("address")) {
                Address address = Address.parse(step.path("address").textValue().split("/")[0]);
                if (!held.contains(address) && !address.equals(replay.lowestFree(held))) {
                    return true;
                }
            }
            before = step.path("allocatedIPs").asText("");
        }
        return false;
    }

    private static Set<Address> addresses(String allocatedIps) {
        Set<Address> addresses = new TreeSet<>();
        AllocatedIps.read(allocatedIps.isEmpty() ? "{}" : allocatedIps)
                .allocatedIps()
                .holders()
                .forEach(holder -> addresses.add(Address.parse(holder.ip())));
        return addresses;
    }

    private static void serves(JsonNode input) {
        givesLowest(input);
        AllocationReplay replay = new AllocationReplay(input);
        assertFalse(replay.run(input.path("steps").path(0)).isRefused());
    }

    /** Each new address is the lowest free one; nothing is refused while one is free. */
    private static void givesLowest(JsonNode input) {
        AllocationReplay replay = new AllocationReplay(input);
        List<String> wrong = new ArrayList<>();
        for (JsonNode step : input.path("steps")) {
            Set<Address> held = addresses(replay.allocatedIps() == null ? "" : replay.allocatedIps());
            AllocationReplay.Answer answer = replay.run(step);
            if (step.path("op").textValue().equals("allocate")) {
                Address free = replay.lowestFree(held);
                Address given = answer.isRefused()
                        ? null
                        : Address.parse(answer.address().split("/")[0]);
                boolean isRight = given == null ? free == null : held.contains(given) || given.equals(free);
                if (!isRight) {
                    wrong.add(step + " gave " + answer + " where " + free + " is free");
                }
            }
        }
        assertEquals(List.of(), wrong);
    }
}
