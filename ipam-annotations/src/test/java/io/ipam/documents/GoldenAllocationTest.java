package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import io.ipam.golden.GoldenRun;
import io.ipam.pool.InvalidPoolException;
import io.ipam.problem.InvalidInputException;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Spiderpool's own allocations on one pool, step by step. The page that the rules name has the
 * deliberate differences.
 */
class GoldenAllocationTest {

    @Test
    void allocate_goldenVectors_matchSpiderpool() {
        GoldenRun.of("allocation.json")
                .rule("no-panic", (input, expected) -> !expected.has("steps"), GoldenAllocationTest::serves)
                .rule(
                        "invalid-definition",
                        GoldenAllocationTest::isServedThoughInvalid,
                        input -> assertThrows(InvalidPoolException.class, () -> new AllocationReplay(input)))
                .rule(
                        "no-record-threshold",
                        (input, expected) ->
                                isAnyError(expected, "threshold of IP records exceeded") && !isInvalid(input),
                        GoldenAllocationTest::givesLowest)
                .rule(
                        "record-set-aside",
                        (input, expected) ->
                                isAnyServed(expected) && !setAside(input).isEmpty(),
                        GoldenAllocationTest::givesLowest)
                .rule("one-spelling", GoldenAllocationTest::isSpelledOtherwise, GoldenAllocationTest::goesByNumber)
                .rule("lowest-first", GoldenAllocationTest::isAnyNotLowest, GoldenAllocationTest::givesLowest)
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
            check(replay, input, i, expected.path("steps").path(i));
        }
    }

    private static void check(AllocationReplay replay, JsonNode input, int step, JsonNode expected) {
        AllocationReplay.Answer answer = replay.run(input.path("steps").path(step));
        assertEquals(expected.has("error"), answer.isRefused());
        if (expected.has("address")) {
            assertEquals(expected.path("address").textValue(), answer.address());
            assertEquals(expected.path("gateway").textValue(), answer.gateway());
            assertEquals(expected.path("ippool").textValue(), answer.pool());
            assertEquals(expected.path("version").intValue(), answer.version());
        }
        String text = expected.path("allocatedIPs").textValue();
        boolean asGiven = text != null && text.equals(initialText(input));
        assertEquals(asGiven ? rewritten(text) : text, replay.allocatedIps());
        // A wrong count stays wrong until a record is added or removed.
        if (expected.path("statusUpdated").booleanValue() && !asGiven) {
            assertEquals(expected.path("allocatedIPCount").longValue(), replay.held());
        }
    }

    private static String initialText(JsonNode input) {
        return input.path("pool").path("status").path("allocatedIPs").asText("");
    }

    /** The present form of a text that has not been written since. */
    private static String rewritten(String text) {
        return AllocatedIps.read(text).allocatedIps().toJson().orElse(null);
    }

    /**
     * Definitions that the webhook or the library refuses. The reference system serves them,
     * because the webhook is not part of the vectors.
     */
    private static boolean isServedThoughInvalid(JsonNode input, JsonNode expected) {
        return isAnyServed(expected) && isInvalid(input);
    }

    private static boolean isAnyServed(JsonNode expected) {
        for (JsonNode step : expected.path("steps")) {
            if (!step.has("error")) {
                return true;
            }
        }
        return false;
    }

    private static List<Problem> setAside(JsonNode input) {
        try {
            return new AllocationReplay(input).setAside();
        } catch (InvalidPoolException refused) {
            return List.of();
        }
    }

    /**
     * A text that is no address or range, a subnet with host bits, a range outside the subnet, a
     * gateway that may be allocated.
     */
    private static boolean isInvalid(JsonNode input) {
        JsonNode spec = input.path("pool").path("spec");
        try {
            Prefix subnet = Prefix.parse(spec.path("subnet").textValue());
            AddressSet listed = AddressSet.parse(subnet.family(), texts(spec.path("ips")));
            AddressSet excluded = AddressSet.parse(subnet.family(), texts(spec.path("excludeIPs")));
            AddressSet.parse(subnet.family(), texts(input.path("reservedIPs")));
            AddressSet all = AddressSet.of(subnet.range());
            Address gateway =
                    Address.parse(spec.path("gateway").asText(subnet.base().toString()));
            return !all.containsAll(listed.union(excluded))
                    || !subnet.contains(gateway)
                    || (spec.has("gateway") && listed.minus(excluded).contains(gateway));
        } catch (InvalidInputException notAddresses) {
            return true;
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    /** A gateway, or a held address in a release, has a spelling other than the canonical one. */
    private static boolean isSpelledOtherwise(JsonNode input, JsonNode expected) {
        String before = initialText(input);
        for (int i = 0; i < expected.path("steps").size(); i++) {
            JsonNode step = expected.path("steps").path(i);
            if (otherwise(step.path("gateway").asText("")).isPresent()) {
                return true;
            }
            for (JsonNode release : input.path("steps").path(i).path("releases")) {
                if (otherwise(release.path("IP").textValue())
                        .filter(addresses(before)::contains)
                        .isPresent()) {
                    return true;
                }
            }
            before = step.path("allocatedIPs").asText("");
        }
        return false;
    }

    private static Optional<Address> otherwise(String text) {
        return AllocationReplay.address(text)
                .filter(address -> !address.toString().equals(text));
    }

    /**
     * An address that is released under any spelling is no longer held. Gateways are written in
     * canonical spelling.
     */
    private static void goesByNumber(JsonNode input) {
        givesLowest(input);
        AllocationReplay replay = new AllocationReplay(input);
        for (JsonNode step : input.path("steps")) {
            AllocationReplay.Answer answer = replay.run(step);
            assertTrue(otherwise(answer.gateway()).isEmpty());
            for (JsonNode release : step.path("releases")) {
                String held = replay.allocatedIps() == null ? "" : replay.allocatedIps();
                assertTrue(otherwise(release.path("IP").textValue())
                        .filter(addresses(held)::contains)
                        .isEmpty());
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

    /** Whether a recorded address was not the lowest free one. */
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
        AllocatedIps records =
                AllocatedIps.read(allocatedIps.isEmpty() ? "{}" : allocatedIps).allocatedIps();
        records.holders()
                .forEach(holder -> AllocationReplay.address(holder.ip()).ifPresent(addresses::add));
        records.unreadable()
                .forEach(record -> AllocationReplay.address(record.ip()).ifPresent(addresses::add));
        return addresses;
    }

    /** There is a result in any case: addresses, or the problems of the definition. */
    private static void serves(JsonNode input) {
        if (isInvalid(input)) {
            assertThrows(InvalidPoolException.class, () -> new AllocationReplay(input));
        } else {
            givesLowest(input);
        }
    }

    /**
     * Each new address is the lowest free one, and no request is refused while an address is free.
     */
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
                    wrong.add(step + " returned " + answer + " although " + free + " is free");
                }
            }
        }
        assertEquals(List.of(), wrong);
    }
}
