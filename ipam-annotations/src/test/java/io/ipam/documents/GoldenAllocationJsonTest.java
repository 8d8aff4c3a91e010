package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.ipam.golden.GoldenRun;
import io.ipam.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoldenAllocationJsonTest {
    @Test
    void status_goldenVectors_matchSpiderpool() {
        GoldenRun.of("allocation_json.json")
                .rule(
                        "repeated-key",
                        (input, expected) -> expected.has("records")
                                && repeatsAKey(input.path("json").textValue()),
                        input -> {
                            AllocatedIps.Reading reading =
                                    AllocatedIps.read(input.path("json").textValue());
                            assertTrue(reading.problems().stream().anyMatch(p -> p.type() == ProblemType.DUPLICATE));
                        })
                .on("MarshalIPPoolAllocatedIPs", GoldenAllocationJsonTest::written)
                .on("UnmarshalIPPoolAllocatedIPs", GoldenAllocationJsonTest::read)
                .run();
    }

    private static void written(JsonNode input, JsonNode expected) {
        List<AllocatedIps.Holder> holders = new ArrayList<>();
        for (JsonNode record : input.path("records")) {
            holders.add(new AllocatedIps.Holder(
                    record.path("ip").asText(""),
                    record.path("pod").asText(""),
                    record.path("podUID").asText("")));
        }
        assertEquals(
                expected.path("json").textValue(),
                AllocatedIps.of(holders).toJson().orElse(null));
    }

    private static void read(JsonNode input, JsonNode expected) {
        String json = input.path("json").textValue();
        if (expected.has("error")) {
            assertThrows(InvalidDocumentException.class, () -> AllocatedIps.parse(json));
            return;
        }
        AllocatedIps read = json == null ? AllocatedIps.of(List.of()) : AllocatedIps.parse(json);
        assertEquals(expected.path("records").size(), read.holders().size());
        for (AllocatedIps.Holder holder : read.holders()) {
            JsonNode record = expected.path("records").path(holder.ip());
            assertEquals(record.path("pod").textValue(), holder.pod());
            assertEquals(record.path("podUid").textValue(), holder.podUid());
        }
        assertEquals(expected.path("remarshalled").textValue(), read.toJson().orElse(null));
    }

    /**
     * Whether one object has a key twice: a record after folding case, the object of records
     * exactly.
     */
    private static boolean repeatsAKey(String json) {
        Deque<Set<String>> open = new ArrayDeque<>();
        boolean repeats = false;
        try (JsonParser parser = new JsonFactory().createParser(json == null ? "" : json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    open.push(new HashSet<>());
                } else if (token == JsonToken.END_OBJECT) {
                    open.pop();
                } else if (token == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    repeats |= !open.element().add(open.size() == 1 ? name : name.toLowerCase(Locale.ROOT));
                }
            }
        } catch (IOException notJson) {
            return false;
        }
        return repeats;
    }

    @Test
    void read_twoRecordsForOneAddress_keepsTheFirst() {
        AllocatedIps.Reading reading = AllocatedIps.read(
                "{\"10.0.0.1\":{\"pod\":\"a/b\",\"podUid\":\"1\"},\"10.0.0.1\":{\"pod\":\"a/c\",\"podUid\":\"2\"},"
                        + "\"10.0.0.2\":7,\"10.0.0.3\":{\"pod\":\"a/d\",\"podUid\":\"3\"}}");
        assertEquals(
                List.of(
                        new AllocatedIps.Holder("10.0.0.1", "a/b", "1"),
                        new AllocatedIps.Holder("10.0.0.3", "a/d", "3")),
                reading.allocatedIps().holders());
        assertEquals(
                List.of("[\"10.0.0.1\"]", "[\"10.0.0.2\"]"),
                reading.problems().stream().map(problem -> problem.where()).toList());
    }

    @Test
    void read_thousandsOfBadRecords_keepsEachAndListsFiftyProblems() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 5_000; i++) {
            json.append("\"10.0.").append(i / 250).append('.').append(i % 250).append("\":");
            json.append(i % 5 == 0 ? "{\"pod\":\"a/b\",\"podUid\":\"u\"}" : "[]")
                    .append(',');
        }
        json.setCharAt(json.length() - 1, '}');
        AllocatedIps.Reading reading = AllocatedIps.read(json.toString());
        assertEquals(1_000, reading.allocatedIps().holders().size());
        assertEquals(4_000, reading.allocatedIps().unreadable().size());
        assertEquals(51, reading.problems().size());
        assertEquals("3950", reading.problems().get(50).offending());
    }

    @Test
    void read_textCutOff_keepsTheRecordsBeforeAndIsNotWhole() {
        String whole = "{\"10.0.0.1\":{\"pod\":\"a/b\",\"podUid\":\"1\"},\"10.0.0.2\":{}}";
        assertTrue(AllocatedIps.read(whole).isWhole());
        assertTrue(AllocatedIps.read("null").isWhole());
        for (int end = 0; end < whole.length(); end++) {
            AllocatedIps.Reading reading = AllocatedIps.read(whole.substring(0, end));
            assertFalse(reading.isWhole());
            assertNotNull(reading.problems().get(0).position());
        }
        AllocatedIps.Reading cut = AllocatedIps.read(whole.substring(0, whole.length() - 5));
        assertEquals(1, cut.allocatedIps().holders().size());
        for (String text : List.of("[]", "7", whole + " x", "\"{}\"", "not JSON")) {
            assertFalse(AllocatedIps.read(text).isWhole(), text);
        }
    }

    @Test
    void read_recordsOfOlderReleases_nameThePodAndTheInterface() {
        AllocatedIps read = AllocatedIps.parse(
                "{\"10.1.0.10\":{\"interface\":\"eth0\",\"namespace\":\"shop\",\"pod\":\"cart-x7q2p\","
                        + "\"uid\":\"u-1\"},\"10.1.0.11\":{\"interface\":\"net1\",\"pod\":\"shop/cart-1\",\"podUid\":\"u-2\"}}");
        assertEquals(
                List.of(
                        new AllocatedIps.Holder("10.1.0.10", "shop/cart-x7q2p", "u-1", "eth0"),
                        new AllocatedIps.Holder("10.1.0.11", "shop/cart-1", "u-2", "net1")),
                read.holders());
        assertEquals(
                Optional.of("{\"10.1.0.10\":{\"pod\":\"shop/cart-x7q2p\",\"podUid\":\"u-1\"},"
                        + "\"10.1.0.11\":{\"pod\":\"shop/cart-1\",\"podUid\":\"u-2\"}}"),
                read.toJson());
    }

    @Test
    void toJson_unreadableRecords_areWrittenAsTheyWereRead() {
        String text =
                "{\"10.0.0.1\":7,\"10.0.0.2\":[ {\"pod\": null } ],\"10.0.0.3\":{\"pod\":1, \"x\":\"<&\\u2028\"},\"10.0.0.4\":\"s\"}";
        AllocatedIps.Reading reading = AllocatedIps.read(text);
        assertEquals(4, reading.allocatedIps().unreadable().size());
        assertEquals(Optional.of(text), reading.allocatedIps().toJson());
    }
}
