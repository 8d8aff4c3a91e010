package io.ipam.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private static final ObjectMapper ORACLE = new ObjectMapper();

    @Property
    void of_anyStrings_anotherReaderFindsThemAgain(@ForAll List<String> texts) throws IOException {
        List<String> wellFormed = texts.stream().map(JsonText::wellFormed).toList();
        assertEquals(wellFormed, List.of(ORACLE.readValue(JsonText.of(texts), String[].class)));
    }

    @Test
    void of_specialCharacters_escapesThemAsGoDoes() {
        assertEquals(
                "\"\\u003ca\\u0026b\\u003e \\\"\\\\/ \\b\\f\\n\\r\\t\\u0000\\u001f\u007F\\u2028\\u2029 \uD83D\uDE00\uFFFD \\ufffd\"",
                JsonText.of("<a&b> \"\\/ \b\f\n\r\t\0\u001F\u007F\u2028\u2029 \uD83D\uDE00\uFFFD \uD83D"));
        assertEquals("{\"\\u003c\\ufffd\":1}", JsonText.of(Map.of("<\uDE00", 1)));
    }

    @Test
    void of_everyKind_keepsTheOrder() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("b", 1);
        tree.put("a", Arrays.asList(true, null, BigInteger.TWO.pow(80), Long.MIN_VALUE));
        tree.put("c", JsonNodeFactory.instance.objectNode());
        assertEquals(
                "{\"b\":1,\"a\":[true,null,1208925819614629174706176,-9223372036854775808],\"c\":{}}",
                JsonText.of(tree));
    }

    @Test
    void of_valueThatJsonCannotHold_throws() {
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        assertThrows(IllegalArgumentException.class, () -> JsonText.of(loop));
    }

    @Test
    void generator_manyPieces_writesThemAllAsOneText() throws IOException {
        StringBuilder out = new StringBuilder();
        String text = "<\uD83D\uDE00".repeat(10_000);
        try (JsonGenerator json = JsonText.generator(out)) {
            json.writeStartArray();
            json.writeString(text);
            json.writePOJO(Map.of("k", text));
            json.writeEndArray();
        }
        assertEquals(JsonText.of(List.of(text, Map.of("k", text))), out.toString());
    }
}
