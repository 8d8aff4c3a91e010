package io.ipam.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static final ObjectMapper ORACLE = new ObjectMapper();

    @Property
    void anotherReaderFindsEveryStringAgain(@ForAll List<String> texts) throws IOException {
        List<String> wellFormed = texts.stream().map(Surrogates::repaired).toList();
        String compact = JsonWriter.compact().strings(texts).text();
        assertEquals(wellFormed, List.of(ORACLE.readValue(compact, String[].class)));
        String indented = JsonWriter.indented().strings(texts).text();
        assertEquals(wellFormed, List.of(ORACLE.readValue(indented, String[].class)));
    }

    @Test
    void escapesAsGoDoes() {
        assertEquals(
                "\"\\u003ca\\u0026b\\u003e \\\"\\\\/ \\b\\f\\n\\r\\t\\u0000\\u001f\u007F\\u2028 \\ufffd\"",
                JsonWriter.compact()
                        .value("<a&b> \"\\/ \b\f\n\r\t\0\u001F\u007F\u2028 \uD83D")
                        .text());
    }

    @Test
    void writesEveryKind() {
        JsonWriter out = JsonWriter.compact();
        out.beginObject()
                .key("a")
                .value(1)
                .key("b")
                .beginArray()
                .value(true)
                .nullValue()
                .endArray();
        out.key("c").beginObject().endObject().endObject();
        assertEquals("{\"a\":1,\"b\":[true,null],\"c\":{}}", out.text());
    }

    @Test
    void indents() {
        JsonWriter out = JsonWriter.indented();
        out.beginObject()
                .key("a")
                .strings(List.of("x", "y"))
                .key("b")
                .beginArray()
                .endArray()
                .endObject();
        assertEquals("{\n  \"a\": [\n    \"x\",\n    \"y\"\n  ],\n  \"b\": []\n}", out.text());
    }

    @Test
    void refusesAnUnfinishedText() {
        assertThrows(
                IllegalStateException.class,
                () -> JsonWriter.compact().beginArray().text());
    }
}
