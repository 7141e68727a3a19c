package io.ringkernel.metal.software.foundation;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import java.util.List;

/** What went wrong: a domain, a code in it, and words for the user. */
public final class NSError extends NSObject {
    private static final String DESCRIPTION_KEY = "NSLocalizedDescription";
    private static final String REASON_KEY = "NSLocalizedFailureReason";
    private static final String SUGGESTION_KEY = "NSLocalizedRecoverySuggestion";
    private static final String UNDERLYING_KEY = "NSUnderlyingError";

    private final String domain;
    private final long code;
    private final Strong<NSDictionary> userInfo;

    /** An error with these details, which it retains. */
    public NSError(ObjectRuntime runtime, String domain, long code, NSDictionary userInfo) {
        super(runtime);
        this.domain = domain;
        this.code = code;
        this.userInfo = new Strong<>(userInfo);
    }

    /** An error whose only detail is its text. */
    public static NSError of(ObjectRuntime runtime, String domain, long code, String text) {
        var key = new NSString(runtime, DESCRIPTION_KEY);
        var value = new NSString(runtime, text);
        var details = new NSDictionary(runtime, List.of(key), List.of(value));
        var error = new NSError(runtime, domain, code, details);
        key.releaseForClient();
        value.releaseForClient();
        details.releaseForClient();
        return error;
    }

    @Selector("errorWithDomain:code:userInfo:")
    static NSError errorWithDomain(ObjectClass receiver, NSString domain, long code, @Nullable NSDictionary userInfo) {
        var runtime = receiver.runtime();
        return runtime.autorelease(new NSError(runtime, domain.text(), code, userInfo));
    }

    @Selector("domain")
    public String domain() {
        return domain;
    }

    @Selector("code")
    public long code() {
        return code;
    }

    @Selector("userInfo")
    NSDictionary userInfo() {
        return userInfo.get();
    }

    @Selector("localizedDescription")
    public String localizedDescription() {
        var text = detail(DESCRIPTION_KEY);
        return text != null ? text : "The operation couldn't be completed. (" + domain + " error " + code + ".)";
    }

    @Selector("localizedFailureReason")
    String localizedFailureReason() {
        return detail(REASON_KEY);
    }

    @Selector("localizedRecoverySuggestion")
    String localizedRecoverySuggestion() {
        return detail(SUGGESTION_KEY);
    }

    @Selector("underlyingErrors")
    NSArray underlyingErrors() {
        var details = userInfo.get();
        var underlying = details == null ? null : details.get(UNDERLYING_KEY);
        return runtime().autorelease(new NSArray(runtime(), underlying == null ? List.of() : List.of(underlying)));
    }

    private String detail(String key) {
        var details = userInfo.get();
        return details != null && details.get(key) instanceof NSString string ? string.text() : null;
    }

    @Override
    protected String description() {
        return "Error Domain=" + domain + " Code=" + code + " \"" + localizedDescription() + "\"";
    }

    @Override
    protected void dealloc() {
        userInfo.clear();
    }
}
