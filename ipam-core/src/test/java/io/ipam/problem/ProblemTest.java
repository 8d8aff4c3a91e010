package io.ipam.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Problems are short, complete, and on one line. */
class ProblemTest {
    private static final class SomethingInvalid extends InvalidInputException {
        private static final long serialVersionUID = 1L;

        SomethingInvalid(List<Problem> problems) {
            super("thing", problems);
        }
    }

    private static Problem problem(String offending) {
        return Problem.of(ProblemType.INVALID, "ips[1]", offending, "the rule", "the hint");
    }

    @Property
    void offending_anyText_isShortVisibleAndStable(@ForAll String text) {
        String shown = problem(text).offending();
        assertTrue(shown.codePointCount(0, shown.length()) <= 64);
        assertEquals(shown, problem(shown).offending());
        assertFalse(shown.chars().anyMatch(Character::isISOControl));
        assertFalse(shown.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE));
    }

    @Test
    void offending_examples_areEscaped() {
        assertEquals("10.0.0.1\\u000a", problem("10.0.0.1\n").offending());
        assertEquals(
                "\\u202e1\\ud800\\ufeff😀", problem("\u202e1\ud800\ufeff😀").offending());
        assertEquals("x".repeat(64), problem("x".repeat(64)).offending());
        assertEquals("x".repeat(63) + "…", problem("x".repeat(65)).offending());
        assertEquals("x".repeat(61) + "…", problem("x".repeat(61) + "\u0000z").offending());
    }

    @Test
    void within_prefix_isJoined() {
        assertEquals("spec.ips[1]", problem("x").withWhere("spec").where());
        assertEquals("ips[1]", problem("x").withWhere("").where());
        Problem entry = Problem.of(ProblemType.INVALID, "[1]", "x", "the rule");
        assertEquals("spec.ips[1]", entry.withWhere("spec.ips").where());
        assertEquals(
                "spec",
                Problem.of(ProblemType.REQUIRED, "", "", "the rule")
                        .withWhere("spec")
                        .where());
    }

    @Test
    void message_eachPart_isFormatted() {
        Problem problem = problem("10.0.0.x");
        assertEquals("ips[1]: \"10.0.0.x\": the rule; the hint", problem.message());
        assertEquals(problem.message(), problem.toString());
        assertEquals(
                "ips[1], column 8: \"10.0.0.x\": the rule; the hint",
                problem.withPosition(Problem.Position.ofIndex(7)).message());
        assertEquals(
                "ips[1], line 3, column 8: \"10.0.0.x\": the rule; the hint",
                problem.withPosition(new Problem.Position(3, 8)).message());
        assertEquals(
                "\"x\": the rule",
                Problem.of(ProblemType.INVALID, "", "x", "the rule").message());
        assertEquals(
                "column 1: \"\": the rule",
                Problem.of(ProblemType.INVALID, "", "", "the rule")
                        .withPosition(Problem.Position.ofIndex(0))
                        .message());
        assertEquals(
                "spec.subnet: the rule",
                Problem.of(ProblemType.REQUIRED, "spec.subnet", "", "the rule").message());
        assertEquals(
                "\"\": the rule",
                Problem.of(ProblemType.REQUIRED, "", "", "the rule").message());
        assertThrows(IllegalArgumentException.class, () -> new Problem.Position(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Problem.Position(1, 0));
    }

    @Test
    void exception_severalProblems_listsAll() {
        assertEquals(
                "invalid thing: " + problem("x").message(), new SomethingInvalid(List.of(problem("x"))).getMessage());
        String all = new SomethingInvalid(Collections.nCopies(100, problem("x"))).getMessage();
        assertEquals(
                100,
                all.lines()
                        .skip(1)
                        .filter(line -> line.startsWith("- ips[1]: \"x\""))
                        .count());
        assertFalse(all.contains("more"));
        SomethingInvalid many = new SomethingInvalid(Collections.nCopies(101, problem("x")));
        assertEquals(101, many.problems().size());
        assertTrue(many.getMessage().startsWith("invalid thing, 101 problems:\n- ips[1]: \"x\""));
        assertTrue(many.getMessage().endsWith("\n- and 1 more"));
        assertThrows(IllegalArgumentException.class, () -> new SomethingInvalid(List.of()));
    }

    @Test
    void exception_serialized_isEqual() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new SomethingInvalid(List.of(problem("x").withPosition(Problem.Position.ofIndex(0)))));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            SomethingInvalid copy = (SomethingInvalid) in.readObject();
            assertEquals("thing", copy.subject());
            assertEquals("ips[1]", copy.problems().get(0).where());
        }
    }
}
