package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    /** A foreign type at every place of a signature. */
    public abstract static class Everywhere<T extends JsonNode> implements Supplier<List<? extends IntNode>> {
        protected TextNode[] field = {};

        protected Everywhere(Set<List<NullNode>[]> argument) {}

        protected abstract void fails() throws IOException;

        ObjectMapper hidden() {
            return new ObjectMapper();
        }
    }

    @Test
    void mentionedBy_typesAtEveryPlace_areFound() {
        Set<String> names = Signatures.mentionedBy(Everywhere.class);
        assertEquals(
                Set.of(
                        Object.class.getName(),
                        Supplier.class.getName(),
                        List.class.getName(),
                        Set.class.getName(),
                        IOException.class.getName(),
                        JsonNode.class.getName(),
                        IntNode.class.getName(),
                        TextNode.class.getName(),
                        NullNode.class.getName()),
                names);
    }
}
