package io.ipam.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A call as its caller has logged it.
 *
 * @param question allocate, release, put, or drop
 * @param subject the owner or the pool
 * @param address the address that a release names, with its generation; otherwise empty
 * @param asked the time before the call
 * @param answered the time after it; the latest one if there is no answer
 * @param answer its kind; {@code none} if the process ended first
 * @param details the addresses with their generations, or the reason
 */
public record LoggedCall(
        String question, String subject, String address, long asked, long answered, String answer, String details) {
    /** A line of a log. */
    private record Line(String kind, long time, List<String> fields) {
        static Line parse(String text) {
            String[] parts = text.split("\t", -1);
            return new Line(
                    parts[0], Long.parseLong(parts[1]), Arrays.asList(parts).subList(2, parts.length));
        }

        String field(int index) {
            return index < fields.size() ? fields.get(index) : "";
        }
    }

    /** {@return whether the question is a release} */
    public boolean isRelease() {
        return question.equals("release");
    }

    /** {@return whether it is unknown if the call took effect} */
    public boolean isUnknown() {
        return answer.equals("none") || answer.equals("unknown") || answer.equals("corrupt");
    }

    /** {@return the addresses of the answer: {@code 10.6.1.5=42}} */
    public List<String> grants() {
        return details.isEmpty() ? List.of() : List.of(details.split(","));
    }

    /**
     * Reads the calls of all callers; those of one caller are in their order.
     *
     * @param logs the folder of the logs
     * @return the calls
     */
    public static List<LoggedCall> read(Path logs) throws IOException {
        List<LoggedCall> calls = new ArrayList<>();
        for (Path file : files(logs, "calls")) {
            calls.addAll(calls(lines(file)));
        }
        return calls;
    }

    /**
     * Reads the events of a process.
     *
     * @param logs the folder of the logs
     * @param name the name of the process
     * @return the fields of each event, after its time
     */
    public static List<List<String>> events(Path logs, String name) throws IOException {
        List<List<String>> events = new ArrayList<>();
        for (Path file : files(logs, "events")) {
            if (file.getFileName().toString().startsWith(name + ".")) {
                for (Line line : lines(file)) {
                    List<String> fields = new ArrayList<>(line.fields());
                    fields.add(0, Long.toString(line.time()));
                    events.add(fields);
                }
            }
        }
        return events;
    }

    /** The files of one kind, by name: the numbers of processes have equal widths. */
    private static List<Path> files(Path logs, String kind) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.toString().contains("." + kind + "."))
                    .sorted()
                    .toList();
        }
    }

    /** The complete lines. */
    private static List<Line> lines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Line::parse)
                .toList();
    }

    private static List<LoggedCall> calls(List<Line> lines) {
        List<LoggedCall> calls = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line question = lines.get(i);
            if (question.kind().equals(CallLog.QUESTION)) {
                boolean hasAnswer =
                        i + 1 < lines.size() && lines.get(i + 1).kind().equals(CallLog.ANSWER);
                Line answer = hasAnswer ? lines.get(i + 1) : new Line(CallLog.ANSWER, Long.MAX_VALUE, List.of("none"));
                calls.add(new LoggedCall(
                        question.field(0),
                        question.field(1),
                        question.field(2),
                        question.time(),
                        answer.time(),
                        answer.field(0),
                        answer.field(1)));
            }
        }
        return calls;
    }
}
