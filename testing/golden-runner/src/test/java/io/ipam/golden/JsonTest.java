package io.ipam.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | []",
                "{\"a\":[]} | {}",
                "{\"a\":null,\"b\":1} | {\"b\":1}",
                "1 | 1.0",
                "[1,{\"x\":[2]}] | [1,{\"x\":[2]}]",
            })
    void same_equivalentOutcomes_isTrue(String a, String b) throws JsonProcessingException {
        assertTrue(Json.same(tree(a), tree(b)));
        assertTrue(Json.same(tree(b), tree(a)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | 0",
                "[] | {}",
                "[1,2] | [2,1]",
                "[1] | [1,1]",
                "{\"a\":1} | {\"a\":2}",
                "{\"a\":1} | {}",
                "{\"a\":{\"b\":[1]}} | {\"a\":{\"b\":[2]}}",
                "\"1\" | 1",
                "\"\" | null",
                "true | false",
            })
    void same_differentOutcomes_isFalse(String a, String b) throws JsonProcessingException {
        assertFalse(Json.same(tree(a), tree(b)));
        assertFalse(Json.same(tree(b), tree(a)));
    }

    @Test
    void queries_eachKindOfOutcome_areAnswered() throws JsonProcessingException {
        assertEquals(List.of("a", "b"), Json.strings(tree("[\"a\",\"b\"]")));
        assertEquals(List.of(), Json.strings(tree("null")));
        assertThrows(IllegalArgumentException.class, () -> Json.strings(tree("[1]")));
        assertTrue(Json.isError(tree("{\"error\":\"x\"}")));
        assertTrue(Json.neverAnswered(tree("{\"panic\":\"x\"}")));
        assertTrue(Json.neverAnswered(tree("{\"nonTerminating\":true}")));
        assertFalse(Json.neverAnswered(tree("{\"error\":\"x\"}")));
    }

    private static JsonNode tree(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
