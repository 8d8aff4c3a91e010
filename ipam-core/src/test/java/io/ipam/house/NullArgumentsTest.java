package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Null for a parameter of an exported constructor or method is a NullPointerException that names
 * the parameter. Parameters marked as nullable are excluded, and calls for which {@link
 * SampleValues} has no arguments.
 */
class NullArgumentsTest {
    private static final List<Class<?>> TYPES = ExportedTypes.of("io.ipam.core").stream()
            .filter(type -> !type.getPackageName().equals("io.ipam.range"))
            .toList();

    @Test
    void null_forAnyParameter_isRefusedByItsName() {
        SampleValues samples = new SampleValues(TYPES);
        List<String> accepted = new ArrayList<>();
        int tried = 0;
        for (Class<?> type : TYPES) {
            for (Executable call : callsOf(type)) {
                Object[] arguments = samples.argumentsOf(call);
                Object receiver = isStatic(call) ? null : samples.of(type, type);
                if (arguments == null || (!isStatic(call) && receiver == null)) {
                    continue;
                }
                for (int index = 0; index < arguments.length; index++) {
                    if (mustNotBeNull(call.getParameters()[index])) {
                        tried++;
                        Object[] broken = arguments.clone();
                        broken[index] = null;
                        String fault = faultOf(call, receiver, broken, call.getParameters()[index]);
                        if (fault != null) {
                            accepted.add(type.getName() + "." + call.getName() + " " + fault);
                        }
                    }
                }
            }
        }
        assertEquals("", String.join("\n", accepted));
        int parameters = tried;
        assertTrue(parameters > 250, () -> "only " + parameters + " parameters were tried");
    }

    private static List<Executable> callsOf(Class<?> type) {
        Stream<Executable> constructors =
                Modifier.isAbstract(type.getModifiers()) ? Stream.empty() : Arrays.stream(type.getConstructors());
        Stream<Executable> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !type.isInterface() || Modifier.isStatic(method.getModifiers()))
                .map(Executable.class::cast);
        return Stream.concat(constructors, methods)
                .filter(call -> Modifier.isPublic(call.getModifiers()) && !Modifier.isAbstract(call.getModifiers()))
                .filter(call -> !call.isSynthetic() && !call.getName().equals("equals"))
                .filter(call -> !(type.isEnum() && call.getName().equals("valueOf")))
                .sorted((a, b) -> a.toGenericString().compareTo(b.toGenericString()))
                .toList();
    }

    private static boolean isStatic(Executable call) {
        return !(call instanceof java.lang.reflect.Method) || Modifier.isStatic(call.getModifiers());
    }

    private static boolean mustNotBeNull(Parameter parameter) {
        return !parameter.getType().isPrimitive()
                && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable String faultOf(
            Executable call, @Nullable Object receiver, @Nullable Object[] arguments, Parameter parameter) {
        try {
            SampleValues.call(call, receiver, arguments);
            return "accepts null for " + parameter.getName();
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            boolean named = cause instanceof NullPointerException && isName(cause.getMessage(), parameter);
            return named ? null : "throws " + cause + " for " + parameter.getName();
        }
    }

    /** The agent of JaCoCo removes the names of parameters: with it, any identifier is accepted. */
    private static boolean isName(@Nullable String message, Parameter parameter) {
        return parameter.isNamePresent()
                ? parameter.getName().equals(message)
                : message != null && message.matches("[a-z][A-Za-z]*");
    }
}
