package dev.nemotron.schema;

import java.lang.reflect.AccessibleObject;
import org.jspecify.annotations.Nullable;

/** Leave to call what a module may have closed. */
final class Access {

    private Access() {}

    /**
     * Makes a constructor or method callable.
     *
     * @param member the constructor or method
     * @param target the object to call it on, or null
     * @param owner the class that it belongs to
     * @throws IllegalArgumentException if its module does not allow it; the message has the cure
     */
    @SuppressWarnings("NullAway") // canAccess takes null for constructors and static methods
    static void require(AccessibleObject member, @Nullable Object target, Class<?> owner) {
        if (!member.trySetAccessible() && !member.canAccess(target)) {
            throw new IllegalArgumentException(
                    owner.getTypeName() + " is closed to this library; open its package: \"opens "
                            + owner.getPackageName() + " to dev.nemotron.core\" in the module-info of "
                            + owner.getModule().getName());
        }
    }
}
