package io.ipam.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void text_severalColumns_areAlignedExceptTheLast() {
        String text = TextTable.format(
                List.of(List.of("NAME", "V", "LAST"), List.of("a-long-name", "4", "x"), List.of("b", "6", "yy")));
        assertEquals("""
                NAME          V     LAST
                a-long-name   4     x
                b             6     yy
                """, text);
    }

    @Test
    void text_emptyLastCell_keepsSpacesBeforeIt() {
        assertEquals("A     B\na     \n", TextTable.format(List.of(List.of("A", "B"), List.of("a", ""))));
    }

    @Test
    void text_lineBreakInCell_endsIt() {
        assertEquals(
                "A\nx...\n^[y z\n", TextTable.format(List.of(List.of("A"), List.of("x\ny"), List.of("\u001by\tz"))));
    }

    @Test
    void text_supplementaryCharacters_widthsAreInCodePoints() {
        assertEquals(
                "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00   B\nx      c\n",
                TextTable.format(
                        List.of(List.of("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00", "B"), List.of("x", "c"))));
    }

    @Property
    void text_anyCells_startInTheColumnOfTheirHeader(
            @ForAll @Size(min = 1, max = 5) List<@Size(value = 3) List<@AlphaChars String>> rows) {
        String[] lines = TextTable.format(rows).split("\n", -1);
        assertEquals(rows.size() + 1, lines.length);
        int second =
                Math.max(6, rows.stream().mapToInt(r -> r.get(0).length()).max().orElse(0) + 3);
        int third = second
                + Math.max(
                        6, rows.stream().mapToInt(r -> r.get(1).length()).max().orElse(0) + 3);
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(rows.get(i).get(0), lines[i].substring(0, second).strip());
            assertEquals(rows.get(i).get(1), lines[i].substring(second, third).strip());
            assertEquals(rows.get(i).get(2), lines[i].substring(third));
        }
    }
}
