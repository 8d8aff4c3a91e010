package io.ipam.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class MarkupTest {
    @Test
    void escape_markupAndInvisibleCharacters_areText() {
        assertEquals("a&lt;b&gt;&amp;&quot;&#39;c", Markup.escape("a<b>&\"'c"));
        assertEquals("\\u202ex\\u0000\\u000a\\ud800", Markup.escape("\u202ex\0\n\ud800"));
        assertEquals("Straße 東京", Markup.escape("Straße 東京"));
        assertThrows(NullPointerException.class, () -> Markup.escape(null));
    }

    @Property
    void escape_anyText_isReadByAnXmlParserAsItsVisibleForm(@ForAll String text) throws Exception {
        String escaped = Markup.escape(text);
        Element parsed = Xml.parse("<a b=\"" + escaped + "\" c='" + escaped + "'>" + escaped + "</a>");
        assertEquals(Markup.visible(text), parsed.getTextContent());
        assertEquals(Markup.visible(text), parsed.getAttribute("b"));
        assertEquals(Markup.visible(text), parsed.getAttribute("c"));
        assertEquals(1, parsed.getChildNodes().getLength() + (escaped.isEmpty() ? 1 : 0));
    }
}
